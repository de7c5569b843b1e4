import { OPERATOR_KEY, PERSONAL_DATA_KEY, startTestApi, type TestApi } from '../../apps/api/src/testing/test-api.js';
import { createTestDatabase, type TestDatabase } from './database.js';
import { createTemporaryFolder } from './temporary-folder.js';

/** An API of a test's own, in this process, with what it stands on. */
export interface OwnApi extends TestApi {
  readonly database: TestDatabase;
  /** Where it keeps objects and works. */
  readonly folder: string;
}

/**
 * Starts the API on a database and a folder of its own, which go when it is closed.
 *
 * @param settings of the environment, beside those that every test gives
 */
export async function startOwnApi(settings: Readonly<Record<string, string>> = {}): Promise<OwnApi> {
  const [database, folder] = await Promise.all([createTestDatabase({ migrated: true }), createTemporaryFolder('api')]);
  Object.assign(process.env, {
    DATABASE_URL: database.connectionString,
    OBJECTS_FOLDER: folder.path,
    WORK_FOLDER: folder.path,
    API_ADMIN_KEY: OPERATOR_KEY,
    PERSONAL_DATA_KEY,
    LOG_LEVEL: 'silent',
    ...settings,
  });
  const api = await startTestApi();
  const close = async (): Promise<void> => {
    await api.close();
    await Promise.all([database.drop(), folder.remove()]);
  };
  return { ...api, database, folder: folder.path, close };
}
