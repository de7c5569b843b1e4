import type { NamespaceContext } from './index-entry.js';
import { escapeAttribute } from '../xml/strict-parse.js';

/**
 * What to write into the start tag of a fragment so that it can be read without the batch around it: the namespace declarations
 * that it inherits and does not make itself.
 *
 * @param head first bytes of the fragment, which begins with `<`
 * @returns how many bytes the name of its root takes, behind which the declarations are to stand, and themselves
 */
export function missingDeclarations(head: Buffer, context: NamespaceContext): { at: number; declarations: string } {
  const text = head.toString('utf8');
  const name = /^<[^\s/>]+/.exec(text)?.[0] ?? '<';
  const tag = /^<(?:[^"'>]|"[^"]*"|'[^']*')*>?/.exec(text)?.[0] ?? '';
  const own = new Set(
    Array.from(tag.matchAll(/\sxmlns(?::([^\s=]+))?\s*=\s*(?:"[^"]*"|'[^']*')/g), ([, prefix = '']) => prefix),
  );
  const declarations = Object.entries(context)
    .filter(([prefix, uri]) => !own.has(prefix) && uri !== '')
    .map(([prefix, uri]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribute(uri)}"`);
  return { at: Buffer.byteLength(name), declarations: declarations.join('') };
}
