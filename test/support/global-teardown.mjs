import { rm } from 'node:fs/promises';

/** Runs once after all the tests: stops what the setup started, the last first, and removes its folder. */
export default async function stopSharedServers() {
  const shared = globalThis.reponsSharedServers;
  if (shared === undefined) return;
  delete globalThis.reponsSharedServers;
  try {
    for (const server of shared.servers.reverse()) await server.stop();
  } finally {
    await rm(shared.folder, { recursive: true, force: true });
    shared.guardian.stdin.end();
  }
}
