import { known, type AccessMatrix } from './access-matrix.js';

/** Who uploads files (R24): whoever is known, for commands of their own to cite. */
export const uploadAccess: AccessMatrix = {
  'POST /api/files': {
    answers: known(201),
    ask: (_, caller) => ({ query: { name: 'note.txt' }, body: `Note de ${caller}` }),
  },
};
