import { z } from 'zod';
import { envelopeSchema, FEED_EVENTS, type FeedEventType } from './event-catalogue.js';

/**
 * The AsyncAPI 3.0 document of the feed (R48), made from the catalogue of events: what is documented is what is sent.
 *
 * @param server address of the platform, or null when it is not set
 */
export function asyncApiDocument(server: string | null): Record<string, unknown> {
  const types = Object.keys(FEED_EVENTS) as FeedEventType[];
  const names = types.map(messageName);
  const all = (at: string) => Object.fromEntries(names.map((name) => [name, { $ref: `${at}/${name}` }]));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Répons : évènements de statut des factures',
      version: '1.0.0',
      description:
        'Chaque évènement est un CloudEvents 1.0 (JSON, mode structuré). Il est livré au moins une fois, dans l’ordre pour ' +
        'une même facture, avec un identifiant (« id ») qui ne change pas d’un envoi à l’autre. Chacun ne reçoit que ce que ' +
        'ses droits lui montrent. Des membres peuvent être ajoutés à un type ; tout autre changement fait une nouvelle version.',
    },
    defaultContentType: 'application/cloudevents+json',
    ...(server === null ? {} : { servers: { repons: serverOf(server) } }),
    channels: {
      events: {
        address: '/api/events/stream',
        title: 'Flux d’évènements',
        description:
          'Au fil de l’eau (server-sent events : « id » est le curseur, « event » le type, « data » l’évènement), ou par pages ' +
          '(GET /api/events?after=<curseur>&limit=<nombre>). Sans « after », depuis le début ; « after=now », depuis la fin.',
        messages: all('#/components/messages'),
      },
      webhook: {
        address: null,
        title: 'Webhook',
        description:
          'Un évènement par requête POST vers l’adresse déclarée, signée selon Standard Webhooks (en-têtes webhook-id, ' +
          'webhook-timestamp, webhook-signature). Toute réponse 2xx acquitte ; 410 désactive le webhook.',
        messages: all('#/components/messages'),
      },
    },
    operations: {
      sendEvents: { action: 'send', channel: { $ref: '#/channels/events' }, summary: 'Lire les évènements' },
      postEvent: { action: 'send', channel: { $ref: '#/channels/webhook' }, summary: 'Recevoir les évènements' },
    },
    components: {
      messages: Object.fromEntries(
        types.map((type) => [
          messageName(type),
          {
            name: type,
            title: FEED_EVENTS[type].title,
            summary: FEED_EVENTS[type].summary,
            contentType: 'application/cloudevents+json',
            payload: { $ref: `#/components/schemas/${messageName(type)}` },
          },
        ]),
      ),
      schemas: Object.fromEntries(types.map((type) => [messageName(type), jsonSchemaOf(type)])),
    },
  };
}

/** JSON Schema (draft 7, which AsyncAPI schemas extend) of an event of a type, its envelope included. */
export function jsonSchemaOf(type: FeedEventType): object {
  // As it is read: a member that a reader does not know is no fault of the event.
  return z.toJSONSchema(envelopeSchema(type), { target: 'draft-7', io: 'input' });
}

/** Keys of components take no dots between versions of all tools: `facture-statut-v1`. */
function messageName(type: FeedEventType): string {
  return type.replace(/^fr\.repons\./, '').replaceAll('.', '-');
}

function serverOf(address: string): object {
  const { host, pathname, protocol } = new URL(address);
  return { host, protocol: protocol.slice(0, -1), ...(pathname === '/' ? {} : { pathname }) };
}
