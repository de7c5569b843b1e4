import { invoiceRoots } from '../invoice/formats.js';

/** Where an invoice stands in its batch. */
export interface SplitInvoice {
  /** First byte, in the document. */
  readonly offset: number;
  readonly length: number;
  /** Why its tags prove it malformed, in French; null when they prove nothing. */
  readonly fault: string | null;
}

/** What a splitter tells, in document order. Buffers are only valid during the call. */
export interface SplitterEvents {
  /** Bytes that stand outside every invoice, the first of them at this offset. */
  outside(bytes: Buffer, offset: number): void;
  /** The next bytes of the invoice; `last` on the call that completes it, which may bring none. */
  invoiceBytes(bytes: Buffer, last: boolean): void;
  /** The invoice ends here; everything outside before it, and all its bytes, have been told. */
  invoiceEnd(invoice: SplitInvoice): void;
}

/** The bounds that a splitter keeps; see `ContainerLimits`. */
export interface SplitterLimits {
  readonly depth: number;
  readonly tagBytes: number;
  readonly commentBytes: number;
}

/** Why a batch cannot be split at all. */
export class SplitFault extends Error {
  constructor(
    readonly kind: 'doctype' | 'truncated' | 'too-deep' | 'tag-too-long',
    /** Byte offset where reading stopped. */
    readonly offset: number,
    readonly found: string,
  ) {
    super(`${kind} at ${offset}`);
  }
}

const lessThan = 0x3c;
const greaterThan = 0x3e;
const slash = 0x2f;
const commentOpen = Buffer.from('<!--');
const commentClose = Buffer.from('-->');
const twoHyphens = Buffer.from('--');
const cdataOpen = Buffer.from('<![CDATA[');
const cdataClose = Buffer.from(']]>');
const instructionClose = Buffer.from('?>');

/** Local names that a batch is cut at, by length: of other elements the length alone rules out nearly every one. */
type Targets = readonly (readonly Buffer[] | undefined)[];

/**
 * Cuts a batch into its invoices, or into whatever units it is made of, without parsing it: a state machine over bytes that knows comments, CDATA sections,
 * processing instructions and quoted attributes, takes chunks of any size, and holds no more than one tag or comment.
 *
 * It only decides where invoices begin and end. Whether what is outside them is well formed is for a strict parser fed from
 * {@link SplitterEvents.outside}; whether each of them is, for pass two. Tags that prove an invoice malformed (its own
 * closing tag at a wrong depth, the start tag of another invoice) end it there, so that a tag missing from one invoice does not lose
 * its neighbours (R42).
 *
 * Works on UTF-8 and any encoding of which ASCII is a subset.
 */
export class XmlSplitter {
  /** Names of the elements open outside invoices, outermost first. */
  readonly #envelope: Buffer[] = [];
  #carry: Buffer | null = null;
  /** Offset in the document of the first byte of the next chunk, carried bytes included. */
  #base = 0;
  /** What ends the section that is being passed over, when it did not end in the last chunk. */
  #until: Buffer | null = null;
  #invoice: OpenInvoice | null = null;
  readonly #targets: Targets;
  #from = 0;

  constructor(
    private readonly events: SplitterEvents,
    private readonly limits: SplitterLimits,
    units: readonly string[] = invoiceRoots,
  ) {
    this.#targets = targetsOf(units);
  }

  /** Takes the next bytes. @throws SplitFault when the batch cannot be split. */
  push(chunk: Buffer): void {
    this.#scan(this.#carry === null ? chunk : Buffer.concat([this.#carry, chunk]), false);
  }

  /** Says that the document ends here. @throws SplitFault when it cannot end here. */
  end(): void {
    this.#scan(this.#carry ?? Buffer.alloc(0), true);
    const open = this.#invoice;
    if (open !== null) throw new SplitFault('truncated', open.offset, open.name.toString('utf8'));
    const parent = this.#envelope.at(-1);
    if (this.#until !== null || this.#carry !== null || parent !== undefined) {
      throw new SplitFault('truncated', this.#base, parent?.toString('utf8', 0, 100) ?? '');
    }
  }

  #scan(bytes: Buffer, final: boolean): void {
    this.#carry = null;
    this.#from = 0;
    let at = 0;
    if (this.#until !== null) {
      const end = bytes.indexOf(this.#until);
      if (end < 0) return this.#suspend(bytes, final ? bytes.length : Math.max(0, bytes.length - 2));
      at = end + this.#until.length;
      this.#until = null;
    }
    for (;;) {
      const open = nextLessThan(bytes, at);
      if (open < 0) return this.#suspend(bytes, bytes.length);
      const next = this.#markup(bytes, open, final);
      if (next === needMore) return this.#suspend(bytes, final && this.#invoice === null ? bytes.length : open, final);
      if (next === passOver) return;
      at = next;
    }
  }

  /** Handles the markup at `open`; gives where to go on, or why it cannot yet. */
  #markup(bytes: Buffer, open: number, final: boolean): number {
    const next = bytes[open + 1];
    if (next === undefined) return this.#unfinished(open, final);
    if (next === slash) return this.#closingTag(bytes, open, final);
    if (next === 0x21) return this.#declaration(bytes, open, final);
    if (next === 0x3f) return this.#passTo(bytes, open + 2, instructionClose);
    return this.#startTag(bytes, open, final);
  }

  #declaration(bytes: Buffer, open: number, final: boolean): number {
    if (bytes[open + 2] === 0x2d && bytes[open + 3] === 0x2d) {
      return this.#invoice === null
        ? this.#passTo(bytes, open + 4, commentClose)
        : this.#invoiceComment(bytes, open, final, this.#invoice);
    }
    const seen = bytes.subarray(open, open + cdataOpen.length);
    if (seen.equals(cdataOpen)) return this.#passTo(bytes, open + cdataOpen.length, cdataClose);
    const possible =
      cdataOpen.subarray(0, seen.length).equals(seen) || commentOpen.subarray(0, seen.length).equals(seen);
    if (possible && seen.length < cdataOpen.length) return this.#unfinished(open, final);
    if (this.#invoice === null) throw new SplitFault('doctype', this.#base + open, seen.toString('latin1'));
    this.#invoice.fault ??= 'déclaration interdite';
    return open + 2;
  }

  /**
   * A comment inside an invoice must be seen whole: one that is never closed would swallow its neighbours up to the next
   * comment. `--` inside a comment is an error of XML, so the first `--` decides.
   */
  #invoiceComment(bytes: Buffer, open: number, final: boolean, invoice: OpenInvoice): number {
    const hyphens = bytes.indexOf(twoHyphens, open + 4);
    const complete = hyphens >= 0 && hyphens + 2 < bytes.length;
    if (complete && bytes[hyphens + 2] === greaterThan) return hyphens + 3;
    if (!complete && !final && bytes.length - open <= this.limits.commentBytes) return needMore;
    invoice.fault ??= 'commentaire mal formé ou trop long';
    return open + 4;
  }

  #closingTag(bytes: Buffer, open: number, final: boolean): number {
    let end = open + 2;
    while (end < bytes.length && bytes[end] !== greaterThan && bytes[end] !== lessThan) end++;
    if (end >= bytes.length) return this.#longTag(bytes, open, final);
    const invoice = this.#invoice;
    const whole = bytes[end] === greaterThan;
    if (invoice === null) {
      this.#envelope.pop();
      return whole ? end + 1 : end;
    }
    if (!whole) {
      invoice.fault ??= 'balise de fin incomplète';
      return end;
    }
    const parent = this.#envelope.at(-1);
    if (isNamed(bytes, open + 2, invoice.name)) {
      if (invoice.depth !== 1) invoice.fault ??= 'une balise n’est pas fermée';
      this.#endInvoice(bytes, end + 1, invoice);
    } else if (parent !== undefined && invoice.openLikeParent === 0 && isNamed(bytes, open + 2, parent)) {
      invoice.fault ??= `la balise de fin </${invoice.name.toString('utf8')}> manque`;
      this.#endInvoice(bytes, open, invoice);
      this.#envelope.pop();
    } else if (invoice.depth === 1) {
      invoice.fault ??= 'une balise de fin est de trop';
    } else {
      invoice.depth--;
      if (parent !== undefined && isNamed(bytes, open + 2, parent)) invoice.openLikeParent--;
    }
    return end + 1;
  }

  #startTag(bytes: Buffer, open: number, final: boolean): number {
    if (this.#invoice !== null && !isNameStart(bytes[open + 1])) {
      this.#invoice.fault ??= 'signe « < » isolé';
      return open + 1;
    }
    const name = readName(bytes, open + 1, this.#targets);
    let end = name.end;
    for (; end < bytes.length; end++) {
      const byte = bytes[end];
      if (byte === greaterThan || byte === lessThan) break;
      if (byte === 0x22 || byte === 0x27) {
        // `<` is an error in an attribute value: a quote that is never closed stops there.
        do end++;
        while (end < bytes.length && bytes[end] !== byte && bytes[end] !== lessThan);
        if (bytes[end] === lessThan) break;
      }
    }
    if (end >= bytes.length) return this.#longTag(bytes, open, final);
    if (end - open > this.limits.tagBytes) return this.#tooLongTag(open);
    const whole = bytes[end] === greaterThan;
    const selfClosing = whole && bytes[end - 1] === slash;
    this.#beginElement(bytes, open, name, selfClosing);
    if (!whole && this.#invoice !== null) this.#invoice.fault ??= 'balise incomplète';
    const next = whole ? end + 1 : end;
    const invoice = this.#invoice;
    if (selfClosing && invoice !== null && invoice.depth === 0) this.#endInvoice(bytes, next, invoice);
    else if (!selfClosing && invoice !== null) this.#deepen(bytes, open, invoice);
    return next;
  }

  /**
   * Decides whether the element that starts at `open` begins an invoice, or belongs to the envelope. No format puts an
   * invoice inside an invoice: one that starts there shows that the first was never closed.
   */
  #beginElement(bytes: Buffer, open: number, name: ElementName, selfClosing: boolean): void {
    const invoice = this.#invoice;
    if (invoice !== null) {
      if (!name.isInvoice) return;
      invoice.fault ??= `la balise de fin </${invoice.name.toString('utf8')}> manque`;
      this.#endInvoice(bytes, open, invoice);
    }
    if (this.#envelope.length > 0 && name.isInvoice) {
      if (open > this.#from) this.events.outside(bytes.subarray(this.#from, open), this.#base + this.#from);
      this.#from = open;
      const written = Buffer.from(bytes.subarray(open + 1, name.end));
      this.#invoice = { offset: this.#base + open, name: written, depth: 0, openLikeParent: 0, fault: null };
    } else if (!selfClosing) {
      if (this.#envelope.length >= this.limits.depth) throw new SplitFault('too-deep', this.#base + open, '');
      this.#envelope.push(Buffer.from(bytes.subarray(open + 1, name.end)));
    }
  }

  #deepen(bytes: Buffer, open: number, invoice: OpenInvoice): void {
    if (++invoice.depth > this.limits.depth) invoice.fault ??= 'éléments trop profondément emboîtés';
    const parent = this.#envelope.at(-1);
    if (invoice.depth > 1 && parent !== undefined && isNamed(bytes, open + 1, parent)) invoice.openLikeParent++;
  }

  #endInvoice(bytes: Buffer, end: number, invoice: OpenInvoice): void {
    this.events.invoiceBytes(bytes.subarray(this.#from, end), true);
    this.#from = end;
    this.#invoice = null;
    this.events.invoiceEnd({
      offset: invoice.offset,
      length: this.#base + end - invoice.offset,
      fault: invoice.fault,
    });
  }

  /** A section whose content means nothing to us: passes to its end, over as many chunks as it takes. */
  #passTo(bytes: Buffer, start: number, until: Buffer): number {
    const end = bytes.indexOf(until, start);
    if (end >= 0) return end + until.length;
    this.#until = until;
    this.#suspend(bytes, Math.min(bytes.length, Math.max(start, bytes.length - 2)));
    return passOver;
  }

  #longTag(bytes: Buffer, open: number, final: boolean): number {
    return bytes.length - open > this.limits.tagBytes ? this.#tooLongTag(open) : this.#unfinished(open, final);
  }

  #tooLongTag(open: number): number {
    if (this.#invoice === null) throw new SplitFault('tag-too-long', this.#base + open, '');
    this.#invoice.fault ??= 'balise trop longue';
    return open + 1;
  }

  #unfinished(open: number, final: boolean): number {
    if (!final || this.#invoice === null) return needMore;
    this.#invoice.fault ??= 'balise incomplète';
    return open + 1;
  }

  /** Hands on the bytes before `keep` and carries the rest over to the next chunk. */
  #suspend(bytes: Buffer, keep: number, final = false): void {
    const upTo = Math.max(keep, this.#from);
    if (upTo > this.#from) {
      const settled = bytes.subarray(this.#from, upTo);
      if (this.#invoice === null) this.events.outside(settled, this.#base + this.#from);
      else this.events.invoiceBytes(settled, false);
    }
    this.#carry = upTo < bytes.length && !final ? Buffer.from(bytes.subarray(upTo)) : null;
    this.#base += upTo;
  }
}

/** An invoice whose end has not been seen yet. */
interface OpenInvoice {
  readonly offset: number;
  /** Qualified name of its root, as written. */
  readonly name: Buffer;
  /** Elements open in it, its root included. */
  depth: number;
  /** Elements open in it that have the name of the element around the invoice. */
  openLikeParent: number;
  fault: string | null;
}

const needMore = -1;
const passOver = -2;

function nextLessThan(bytes: Buffer, from: number): number {
  // The next tag is mostly near: a short loop beats the fixed cost of a native search.
  const near = Math.min(from + 48, bytes.length);
  for (let at = from; at < near; at++) if (bytes[at] === lessThan) return at;
  return near < bytes.length ? bytes.indexOf(lessThan, near) : -1;
}

function isNameEnd(byte: number | undefined): boolean {
  return byte === undefined || byte <= 0x20 || byte === greaterThan || byte === slash || byte === lessThan;
}

function isNameStart(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (
    (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a) || byte === 0x5f || byte === 0x3a || byte >= 0x80
  );
}

function isNamed(bytes: Buffer, start: number, name: Buffer): boolean {
  const length = name.length;
  if (!isNameEnd(bytes[start + length])) return false;
  for (let at = 0; at < length; at++) if (bytes[start + at] !== name[at]) return false;
  return true;
}

interface ElementName {
  /** Behind its last byte. */
  readonly end: number;
  /** Whether its local name is that of the root of an invoice. */
  readonly isInvoice: boolean;
}

function targetsOf(units: readonly string[]): Targets {
  const targets: Buffer[][] = [];
  for (const unit of units) (targets[Buffer.byteLength(unit)] ??= []).push(Buffer.from(unit));
  return targets;
}

function readName(bytes: Buffer, start: number, targets: Targets): ElementName {
  let local = start;
  let end = start;
  for (; !isNameEnd(bytes[end]); end++) if (bytes[end] === 0x3a) local = end + 1;
  const length = end - local;
  const named = targets[length];
  return { end, isInvoice: named !== undefined && named.some((name) => isNamed(bytes, local, name)) };
}
