import fc from 'fast-check';
import { v5 } from 'uuid';
import { NameBasedIds } from './name-based-ids.js';

it('name-based ids are the UUIDs of version 5 of RFC 9562', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.nat(), (namespace, index) => {
      expect(new NameBasedIds(namespace).idOf(index)).toBe(v5(String(index), namespace));
    }),
  );
});
