import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { EICAR, startClamd, type TestClamd } from '../../../../test/support/clamd.js';
import { createTemporaryFolder } from '../../../../test/support/temporary-folder.js';
import { eventually } from '../../../../test/support/webhook-world.js';
import { clamdAddress, ClamdScanner } from './clamd-scanner.js';
import { noVirusScanner, ScannerAway, ScannerFailed, virusIn, VirusFound } from './virus-scanner.js';

async function* inChunks(...chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

describe('ClamdScanner', () => {
  let clamd: TestClamd;
  let scanner: ClamdScanner;
  beforeEach(async () => {
    clamd = await startClamd();
    scanner = new ClamdScanner(clamdAddress(clamd.url), 10_000);
  });
  afterEach(() => clamd.goAway());

  it('R24 passes clean bytes on as they came, all of which the scanner has seen', async () => {
    const bytes = randomBytes(3_000_000);
    const passed: Buffer[] = [];
    for await (const chunk of scanner.checked(inChunks(bytes.subarray(0, 1_000_001), bytes.subarray(1_000_001))))
      passed.push(chunk);
    expect(Buffer.concat(passed).equals(bytes)).toBe(true);
    expect(clamd.streams.map((stream) => stream.equals(bytes))).toEqual([true]);
    expect(await scanner.answers()).toBe(true);
  });

  it('R24 finds a virus, be it in the last byte, and names it', async () => {
    const infected = (): AsyncGenerator<Buffer> => inChunks(randomBytes(2_000_000), Buffer.from(EICAR));
    expect(await virusIn(scanner, infected())).toBe('Eicar-Signature');
    const read = async (): Promise<void> => {
      for await (const chunk of scanner.checked(infected())) void chunk;
    };
    await expect(read()).rejects.toThrow(VirusFound);
    expect(await virusIn(noVirusScanner, infected())).toBeNull();
  });

  it('R24 fails closed while the scanner is away, and works again when it is back', async () => {
    await clamd.goAway();
    expect(await scanner.answers()).toBe(false);
    await expect(virusIn(scanner, inChunks(Buffer.from('x')))).rejects.toThrow(ScannerAway);
    await clamd.comeBack();
    expect(await virusIn(scanner, inChunks(Buffer.from('x')))).toBeNull();
  });

  it.each([
    ['closing', ScannerAway],
    ['silent', ScannerAway],
    ['limited', ScannerFailed],
  ] as const)('R24 fails closed when the scanner is %s, and lets go of the connection', async (manner, failure) => {
    clamd.manner = manner;
    const bytes = Array.from({ length: 40 }, () => Buffer.alloc(250_000, 1));
    const impatient = new ClamdScanner(clamdAddress(clamd.url), manner === 'silent' ? 300 : 10_000);
    await expect(virusIn(impatient, inChunks(...bytes))).rejects.toThrow(failure);
    await eventually('the connection to be closed', () => clamd.open === 0);
    expect(clamd.streams).toHaveLength(manner === 'silent' ? 1 : 0);
  });

  it('R24 fails closed when something else answers, or something that takes no bytes', async () => {
    for (const manner of ['HTTP/1.1 400 Bad Request\r\n\r\n', null] as const) {
      const server: Server = createServer((socket) => {
        socket.on('error', () => undefined).pause();
        if (manner !== null) socket.resume().end(manner);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      const other = new ClamdScanner({ host: '127.0.0.1', port }, 300);
      const bytes = Array.from({ length: 60 }, () => Buffer.alloc(250_000, 1));
      await expect(virusIn(other, inChunks(...bytes))).rejects.toThrow(ScannerAway);
      server.close();
    }
  });

  it('R24 lets go of the scanner when the bytes break off', async () => {
    const broken = (async function* () {
      yield await Promise.resolve(Buffer.from('x'));
      throw new Error('the client went away');
    })();
    await expect(virusIn(scanner, broken)).rejects.toThrow('the client went away');
    for await (const chunk of scanner.checked(inChunks(Buffer.from('a'), Buffer.from('b')))) {
      expect(chunk.toString()).toBe('a');
      break;
    }
    await eventually('the connections to be closed', () => clamd.open === 0);
    expect(clamd.streams).toEqual([]);
  });

  it('R24 reads the address of a clamd, on a port or on a socket of the machine', async () => {
    expect(clamdAddress('clamd://scanner.local')).toEqual({ host: 'scanner.local', port: 3310 });
    expect(clamdAddress('clamd://[::1]:4000')).toEqual({ host: '::1', port: 4000 });
    expect(clamdAddress('clamd:///run/clamav/clamd.sock')).toEqual({ path: '/run/clamav/clamd.sock' });
    const folder = await createTemporaryFolder('clamd');
    const nowhere = new ClamdScanner({ path: join(folder.path, 'none.sock') }, 300);
    expect(await nowhere.answers()).toBe(false);
    await folder.remove();
  });
});
