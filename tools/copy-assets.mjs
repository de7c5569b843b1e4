// Puts beside the compiled code what the compiler leaves behind: the SQL of the event store and the read models.
import { cpSync, statSync } from 'node:fs';

for (const folder of ['apps', 'libs', 'tools']) {
  cpSync(folder, `dist/${folder}`, {
    recursive: true,
    filter: (source) => statSync(source).isDirectory() || /\.(sql|html|css|json)$/.test(source),
  });
}
