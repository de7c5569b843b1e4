export { makeFacturX, type FacturXRequest } from './factur-x.js';
export { writeBatchXml, writeTarGz, type ArchiveMember, type Sequence } from './containers.js';
export {
  sampleDirectory,
  type SampleDirectory,
  type SampleParty,
  type SampleRecipient,
  type SampleSupplier,
} from './directory.js';
export { sampleDirectoryFile, type DirectoryFileOptions } from './directory-file.js';
export { damageInvoice, FAULT_KINDS, type FaultKind, type SampleFormat } from './faults.js';
export { flowName } from './flow-name.js';
export {
  generateInvoice,
  invoiceStream,
  reformFrame,
  sampleInvoiceNumber,
  type InvoiceRequest,
  type InvoiceStreamRequest,
  type SampleInvoice,
} from './generate-invoice.js';
export { hasValidLuhnDigit, luhnDigit, makeIban, makeSiren, makeSiret, vatNumber } from './identifiers.js';
export { seededRandom, type SeededRandom } from './random.js';
export { writeZip } from './zip-writer.js';
