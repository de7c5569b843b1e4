import type { NamespaceContext } from '../container/index-entry.js';
import { finding } from '../finding/finding.js';
import { readModel } from '../model/read-model.js';
import type { XmlElement } from '../xml/element.js';
import { openTree } from '../xml/open-tree.js';
import { recogniseRoot, type RootRecognition } from './formats.js';
import { opened, refusedOpening, type OpenedInvoice } from './opened.js';

/**
 * Opens one XML invoice: first whether it is safe and well formed, then its format.
 *
 * @param bytes the document, or a fragment of a batch
 * @param context namespace declarations around a fragment
 * @param embeddedInPdf whether the bytes come out of a PDF
 */
export function openXml(bytes: Buffer, context: NamespaceContext | null, embeddedInPdf: boolean): OpenedInvoice {
  const tree = openTree(bytes, context);
  if (!tree.whole) return refusedOpening('unreadable', tree.findings, tree.root, modelOf(tree.root));
  return recognised(tree.root, tree.utf8, context, embeddedInPdf);
}

function recognised(
  root: XmlElement,
  xml: Buffer,
  context: NamespaceContext | null,
  embeddedInPdf: boolean,
): OpenedInvoice {
  const recognition = recogniseRoot(root);
  if (recognition.status !== 'known') return notRead(root, recognition);
  return opened({
    shape: recognition.shape,
    root,
    model: readModel(root, recognition.shape),
    xml,
    context,
    embeddedInPdf,
  });
}

function modelOf(root: XmlElement | null): OpenedInvoice['model'] {
  if (root === null) return null;
  const recognition = recogniseRoot(root);
  return recognition.status === 'known' ? readModel(root, recognition.shape) : null;
}

function notRead(root: XmlElement, recognition: Exclude<RootRecognition, { status: 'known' }>): OpenedInvoice {
  const { location, line } = root;
  switch (recognition.status) {
    case 'unsupported':
      return refusedOpening(
        'unsupported',
        [finding('SYNTAX-FORMAT-UNSUPPORTED', { location, line, found: recognition.label })],
        root,
        null,
      );
    case 'unknown-namespace': {
      const { expected } = recognition;
      const wrong = finding('SYNTAX-NAMESPACE-UNKNOWN', { location, line, found: root.namespace ?? '', expected });
      return refusedOpening('unreadable', [wrong], root, null);
    }
    case 'unknown-root':
      return refusedOpening(
        'unreadable',
        [finding('SYNTAX-ROOT-UNKNOWN', { location, line, found: root.localName })],
        root,
        null,
      );
  }
}
