import { closeBuffer, openBuffer, readBuffer, xmlRegisterInputProvider } from 'libxml2-wasm';
import { readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';

/** Addresses that the schemas of one thread have among themselves; they lead nowhere but into the folders given here. */
const addressStart = 'file:///xsd/';
const folders: string[] = [];

/**
 * Lets the XML library read the schemas of a folder, with what they include and import by relative paths. Whatever leads
 * out of the folder is not found, and nothing is ever asked of the network.
 *
 * @param folder an existing folder
 * @returns the address of a file of the folder, by its path below it
 */
export function shareSchemaFolder(folder: string): (pathInFolder: string) => string {
  const root = resolve(folder);
  let index = folders.indexOf(root);
  if (index < 0) {
    if (folders.length === 0) registerProvider();
    index = folders.push(root) - 1;
  }
  return (pathInFolder) => `${addressStart}${index}/${pathInFolder}`;
}

function registerProvider(): void {
  xmlRegisterInputProvider({
    match: (address) => address.startsWith(addressStart),
    open: (address) => {
      const file = fileAt(address);
      if (file === null) return undefined;
      try {
        return openBuffer(readFileSync(file));
      } catch {
        return undefined; // the library then says which schema it misses
      }
    },
    read: readBuffer,
    close: (descriptor) => {
      closeBuffer(descriptor);
      return true;
    },
  });
}

/** The file that an address stands for; null when it is in none of the folders. */
function fileAt(address: string): string | null {
  const [, index = '', path = ''] = /^file:\/\/\/xsd\/(\d+)\/(.*)$/.exec(address) ?? [];
  const root = folders[Number(index)];
  if (root === undefined || index === '') return null;
  const file = join(root, decodeURIComponent(path));
  return file.startsWith(root + sep) ? file : null;
}
