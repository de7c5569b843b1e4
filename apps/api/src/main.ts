import 'reflect-metadata';
import { CONFIGURATION, LOGGER, type Configuration, type Logger } from '#application';
import { createApi } from './create-api.js';

/** The API process. Stops on SIGTERM and SIGINT after the requests in hand. */
const app = await createApi();
const { API_HOST, API_PORT } = app.get<Configuration>(CONFIGURATION);
await app.listen(API_PORT, API_HOST);
app.get<Logger>(LOGGER).info({ url: await app.getUrl() }, 'api ready');
