import { CLOCK, createLogger, Directory, OBJECTS, VIRUS_SCANNER, type Clock, type VirusScanner } from '#application';
import { EventStore } from '#events';
import type { ObjectStore } from '#persistence';
import indexFlow from '../../apps/edi-worker/src/ingestion/index-thread.js';
import { FlowIngestion } from '../../apps/edi-worker/src/ingestion/ingest-flow.js';
import judge from '../../apps/edi-worker/src/ingestion/judge-thread.js';
import type { OwnApi } from './own-api.js';

/**
 * The ingestion of a worker on the stores of a test's own API, in this process and without threads: for tests that follow an
 * invoice from whoever sends it to whoever receives it.
 */
export function ingestionBeside({ app, folder }: Pick<OwnApi, 'app' | 'folder'>): FlowIngestion {
  return new FlowIngestion(
    app.get(EventStore),
    app.get<ObjectStore>(OBJECTS),
    app.get<VirusScanner>(VIRUS_SCANNER),
    app.get(Directory),
    {
      index: indexFlow,
      judge: (contentPath, entries, how) => judge({ contentPath, entries, how }),
      threadsForOneFlow: 1,
    },
    { ingest: () => Promise.reject(new Error('This ingestion reads invoices alone')) } as never,
    app.get<Clock>(CLOCK),
    { workFolder: folder, batchSize: 20, worker: 'test', maxFlowBytes: 1024 ** 3, schemaFolder: null },
    createLogger('test', 'silent'),
  );
}
