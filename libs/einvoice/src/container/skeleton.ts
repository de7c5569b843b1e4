import { SaxesParser, type SaxesTagNS } from 'saxes';
import { refused } from './container-refused.js';
import type { NamespaceContext } from './index-entry.js';

/** Stands in the skeleton where an invoice was. */
const stub = '<_/>';

/**
 * The XML around the invoices of a batch, each invoice replaced by an empty element, read by one strict parser: the batch is
 * well formed exactly when this skeleton and each of its invoices are.
 */
export class Skeleton {
  readonly #parser = new SaxesParser({ xmlns: true, position: true });
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  readonly #scopes: NamespaceContext[] = [{}];
  /** What to add to a position of the parser to have the offset in the batch; exact as long as the XML is ASCII. */
  #shift = 0;

  constructor() {
    this.#parser.on('error', (error) => {
      throw refused('FILE-XML-ENVELOPE', { found: error.message, offset: this.#offset });
    });
    this.#parser.on('opentag', (tag: SaxesTagNS) => {
      if (tag.isSelfClosing) return;
      const outer = this.context;
      const declared = Object.keys(tag.ns).length > 0;
      this.#scopes.push(declared ? { ...outer, ...tag.ns } : outer);
    });
    this.#parser.on('closetag', (tag: SaxesTagNS) => {
      if (!tag.isSelfClosing) this.#scopes.pop();
    });
    this.#parser.on('doctype', () => {
      throw refused('FILE-DOCTYPE', { offset: this.#offset });
    });
  }

  /** Namespace declarations in scope at this place. */
  get context(): NamespaceContext {
    return this.#scopes.at(-1) ?? {};
  }

  /** Takes bytes that stand outside the invoices. @throws ContainerRefused when they are not well formed or not UTF-8. */
  write(bytes: Buffer, offset: number): void {
    this.#shift = offset - this.#parser.position;
    this.#parser.write(this.#decode(bytes));
  }

  /** Puts a stub where an invoice was. @throws ContainerRefused when no element may stand there. */
  writeStub(): void {
    this.#parser.write(this.#decode(null) + stub);
  }

  /** Says that the document ends here. @throws ContainerRefused when it may not. */
  close(): void {
    this.#parser.write(this.#decode(null));
    this.#parser.close();
  }

  get #offset(): number {
    return this.#shift + this.#parser.position;
  }

  #decode(bytes: Buffer | null): string {
    try {
      return bytes === null ? this.#decoder.decode() : this.#decoder.decode(bytes, { stream: true });
    } catch {
      throw refused('FILE-ENCODING-BROKEN', { expected: 'UTF-8', offset: this.#offset });
    }
  }
}
