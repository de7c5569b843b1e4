import { CONFIGURATION, type Configuration } from '#application';
import { ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import helmet from 'helmet';
import type { IncomingMessage } from 'node:http';
import { ApiModule } from './api.module.js';

/** Body of a JSON request. Flows are streamed and have their own limit. */
const JSON_LIMIT = '256kb';
/** Body of a request that brings an invoice, or a refund request, of a thousand lines. */
const TYPED_LINES_LIMIT = '2mb';

const LINES_URL = /^\/api\/(?:structures\/[^/?]+\/(?:drafts|invoices)|refund-requests)\b/i;

/** Makes the API, not yet listening: routes, access, problem documents, OpenAPI 3.1. */
export async function createApi(): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(ApiModule, {
    bodyParser: false,
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  app.use(helmet());
  const { TRUSTED_PROXIES } = app.get<Configuration>(CONFIGURATION);
  if (TRUSTED_PROXIES !== undefined) app.set('trust proxy', TRUSTED_PROXIES);
  app.disable('x-powered-by');
  app.useBodyParser('json', { limit: TYPED_LINES_LIMIT, type: bringsLines });
  app.useBodyParser('json', { limit: JSON_LIMIT, type: isJsonCommand });
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true }));
  app.enableShutdownHooks();
  // Made when it is asked for the first time: few programs ask, and every start would wait for it.
  SwaggerModule.setup('api/docs', app, () => openApiDocument(app), { jsonDocumentUrl: 'api/openapi.json' });
  return app;
}

/** The OpenAPI 3.1 document, made from the routes. */
export function openApiDocument(app: NestExpressApplication): OpenAPIObject {
  const description = new DocumentBuilder()
    .setTitle('Répons')
    .setDescription('Plateforme ouverte des factures adressées au secteur public français')
    .setVersion('0.1.0')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth()
    .build();
  return SwaggerModule.createDocument(app, description);
}

/** JSON anywhere but in a deposit, whose body is bytes whatever its type says: read as JSON, its flow would be empty. */
function isJsonCommand({ method, url = '', headers }: IncomingMessage): boolean {
  const isDeposit = method === 'POST' && /^\/api\/(?:flows|structures\/[^/?]+\/invoice-files)\/?(?:\?|$)/i.test(url);
  return !isDeposit && /^application\/json\b/i.test(headers['content-type'] ?? '');
}

/** JSON that brings many lines: an invoice, be it a draft or sent at once, or a refund request. */
function bringsLines(request: IncomingMessage): boolean {
  return isJsonCommand(request) && LINES_URL.test(request.url ?? '');
}
