import { AddressNotAllowed, assertPublicHost, isPublicAddress, publicLookup } from './public-address.js';

describe('public addresses', () => {
  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    'fe80::1',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
    '2001:db8::1',
    '2001::1',
    '2002:7f00:1::',
    'localhost',
    '',
  ])('R48 %s is none', (address) => expect(isPublicAddress(address)).toBe(false));

  it.each(['8.8.8.8', '172.15.255.255', '172.32.0.1', '185.24.184.1', '2a01:e0a::1', '2606:4700::1111'])(
    'R48 %s is one',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    'https://127.1/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://localhost/',
    'https://LOCALHOST./',
    'https://base.internal/',
    'https://imprimante.local/',
    'https://169.254.169.254/latest/meta-data/',
  ])('R48 %s is refused before anything is looked up', (url) =>
    expect(() => assertPublicHost(new URL(url))).toThrow(AddressNotAllowed),
  );

  it.each(['https://recevoir.exemple.fr/', 'https://8.8.8.8/', 'https://[2606:4700::1111]/'])('R48 %s is not', (url) =>
    expect(() => assertPublicHost(new URL(url))).not.toThrow(),
  );

  it.each([true, false])(
    'R48 a name that leads to a private address is refused when it is looked up (all: %s)',
    async (all) => {
      const error = await new Promise((resolve) => publicLookup('localhost', { all }, (failure) => resolve(failure)));
      expect(error).toBeInstanceOf(AddressNotAllowed);
    },
  );
});
