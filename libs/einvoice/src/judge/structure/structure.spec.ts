import { ciiInvoice, ublInvoice } from '../../../../../test/support/invoice-documents.js';
import { readDocument } from '../../xml/read-document.js';
import { compileStructure } from './element-structure.js';
import { judgeStructure } from './judge-structure.js';

const ubl = { syntax: 'UBL', document: 'Invoice' } as const;
const cii = { syntax: 'CII', document: 'Invoice' } as const;

function faultsOf(text: string, shape: typeof ubl | typeof cii, most = 100) {
  const { root } = readDocument(text, null);
  if (root === null) throw new Error('the document was not read');
  return judgeStructure(root, shape, most).map(({ rule, at, expected }) => [rule, at.location, expected]);
}

describe('R43 The structure of an invoice', () => {
  it('has no fault in a good document of either syntax', () => {
    expect(faultsOf(ublInvoice(), ubl)).toEqual([]);
    expect(
      faultsOf(
        ciiInvoice().replace(
          '<ram:ApplicableHeaderTradeSettlement>',
          (at) => `<ram:ApplicableHeaderTradeDelivery/>${at}`,
        ),
        cii,
      ),
    ).toEqual([]);
  });

  it('says which element is out of its place, and before which it belongs, once for each parent', () => {
    const id = '<cbc:ID>F-1</cbc:ID>';
    const moved = ublInvoice()
      .replace(id, '')
      .replace('<cac:OrderReference>', (at) => `${id}<cbc:IssueTime/>${at}`);
    expect(faultsOf(moved, ubl)).toEqual([['SYNTAX-ORDER', '/ubl:Invoice[1]/cbc:ID[1]', 'cbc:BuyerReference']]);
  });

  it('says that an element is repeated, once however often, and lets those be that may', () => {
    const note = '<cbc:Note>x</cbc:Note>';
    const date = '<cbc:IssueDate>2026-09-01</cbc:IssueDate>';
    const text = ublInvoice()
      .replace(date, date.repeat(4))
      .replace('<cbc:Note>', (at) => `${note}${note}${at}`);
    expect(faultsOf(text, ubl)).toEqual([['SYNTAX-REPEATED', '/ubl:Invoice[1]/cbc:IssueDate[2]', null]]);
  });

  it('says which element the format does not know, by its namespace too', () => {
    const text = ciiInvoice().replace('<ram:BuyerTradeParty>', (at) => `<ram:Colour/><x:ID xmlns:x="urn:x"/>${at}`);
    expect(faultsOf(text, cii).map(([rule, location]) => [rule, String(location).split('/').at(-1)])).toEqual([
      ['SYNTAX-UNKNOWN-ELEMENT', 'ram:Colour[1]'],
      ['SYNTAX-UNKNOWN-ELEMENT', 'x:ID[1]'],
    ]);
  });

  it('asks nothing of what stands in an extension', () => {
    const extension = `<ext:UBLExtensions xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"><ext:UBLExtension><ext:ExtensionContent><cac:Party><cbc:Any/></cac:Party></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>`;
    expect(
      faultsOf(
        ublInvoice().replace('<cbc:CustomizationID>', (at) => `${extension}${at}`),
        ubl,
      ),
    ).toEqual([]);
  });

  it('stops looking when there is enough to say', () => {
    const lines = '<cac:InvoiceLine><cbc:Odd/></cac:InvoiceLine>'.repeat(500);
    const text = ublInvoice().replace('</Invoice>', `${lines}</Invoice>`);
    expect(faultsOf(text, ubl, 10)).toHaveLength(10);
  });

  it('does not compile tables that contradict one another', () => {
    const table = { elements: 'cac:Party', children: 'cbc:ID' };
    expect(() => compileStructure([table, table], 'cac')).toThrow('Two tables for cac:Party');
    expect(() => compileStructure([{ ...table, children: 'cbc:ID cbc:Name cbc:ID*' }], 'cac')).toThrow(
      'Two places for',
    );
  });
});
