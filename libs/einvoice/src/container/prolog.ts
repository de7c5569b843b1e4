import { refused } from './container-refused.js';

/** The root element of a document, as its start tag shows it. */
export interface RootTag {
  readonly localName: string;
  /** Namespace that the start tag itself declares for the root; null when it declares none. */
  readonly namespace: string | null;
  /** Whether the tag is cut off by the end of the head. */
  readonly cut: boolean;
}

const skippable = /^(?:\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)*/;

/**
 * Finds the root element in the first bytes of an XML document in UTF-8.
 *
 * @returns null when the head has no start tag
 * @throws ContainerRefused (`FILE-DOCTYPE`) when a declaration stands before the root
 */
export function rootTag(head: Buffer): RootTag | null {
  const text = head.toString('utf8').replace(/^\ufeff/, '');
  const rest = text.slice(skippable.exec(text)?.[0].length ?? 0);
  if (rest.startsWith('<!') && !rest.startsWith('<!--')) {
    throw refused('FILE-DOCTYPE', { offset: head.indexOf(rest.slice(0, 9)), found: rest.slice(0, 60) });
  }
  const name = /^<([^\s/><!?]+)/.exec(rest)?.[1];
  if (name === undefined) return null;
  const tag = /^<(?:[^"'>]|"[^"]*"|'[^']*')*>/.exec(rest)?.[0];
  const colon = name.indexOf(':');
  const declaration = colon < 0 ? 'xmlns' : `xmlns:${name.slice(0, colon)}`;
  const namespace = new RegExp(`\\s${escapeForPattern(declaration)}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag ?? '');
  return {
    localName: name.slice(colon + 1),
    namespace: namespace?.[1] ?? namespace?.[2] ?? null,
    cut: tag === undefined,
  };
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
