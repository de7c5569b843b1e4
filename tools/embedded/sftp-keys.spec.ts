import { fingerprintOf, generateSshKeyPair, parseSshKey } from './sftp-keys.js';

describe('generateSshKeyPair', () => {
  it('gives pairs that can be read, each half of the same key', () => {
    for (let count = 0; count < 1_500; count += 1) {
      const { privateKey, publicKey } = generateSshKeyPair('essai');
      expect(() => parseSshKey(privateKey)).not.toThrow();
      expect(fingerprintOf(publicKey)).toBe(fingerprintOf(privateKey));
    }
  });
});
