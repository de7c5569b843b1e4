/** The operator's folder does not hold what a schema folder holds, or a schema of it cannot be compiled. */
export class SchemaFolderError extends Error {
  override readonly name = 'SchemaFolderError';
}
