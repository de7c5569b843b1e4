import { createServer } from 'node:net';

/**
 * Asks the operating system for a TCP port nobody listens on.
 *
 * The port is released before it is returned, so another program may take it in between: whoever listens on it must be
 * ready to ask again.
 *
 * @param host - address the port must be free on; the loopback address unless told
 * @returns a port number between 1024 and 65535
 * @throws the system's error when no socket can be opened on that address
 */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, host, () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === 'string') reject(new Error(`no TCP address on ${host}`));
        else resolve(address.port);
      });
    });
  });
}
