import type { DocumentShape } from '../../invoice/formats.js';
import type { XmlElement } from '../../xml/element.js';
import { ciiStructure } from './cii-structure.js';
import { compileStructure, type StructureFault } from './element-structure.js';
import { ublStructure } from './ubl-structure.js';

const judgeUbl = compileStructure(ublStructure, 'cac');
const judgeCii = compileStructure(ciiStructure, 'ram');

/**
 * The structure of an invoice where no schema is at hand: order and repetition of the elements that are read, and elements
 * that the format does not know (R43).
 *
 * @param most about how many faults are worth looking for
 */
export function judgeStructure(root: XmlElement, { syntax }: DocumentShape, most: number): StructureFault[] {
  return syntax === 'UBL' ? judgeUbl(root, most) : judgeCii(root, most);
}
