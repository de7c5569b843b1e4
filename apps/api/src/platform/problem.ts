import { HttpException } from '@nestjs/common';

/** An answer that is an RFC 9457 problem document: a stable code for programs, a French sentence for people. */
export class Problem extends HttpException {
  /**
   * @param status HTTP status
   * @param code stable code of the catalogue
   * @param detail what is wrong and what to do, in French
   * @param extension further members of the document
   */
  constructor(
    status: number,
    readonly code: string,
    readonly detail: string,
    readonly extension: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail, status);
  }
}
