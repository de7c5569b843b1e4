import {
  ContainerRefused,
  indexContainer,
  wantedStatuses,
  type ContainerIndex,
  type ContainerLimits,
  type Finding,
} from '#einvoice';

/** First pass over a flow's bytes. */
export interface IndexTask {
  readonly source: string;
  readonly workFolder: string;
  readonly limits: Partial<ContainerLimits>;
  /** What the flow carries. */
  readonly content: FlowContent;
}

/** Invoices, or statuses that a recipient gives to invoices. */
export type FlowContent = 'invoices' | 'statuses';

export type IndexResult =
  { readonly whole: true; readonly index: ContainerIndex } | { readonly whole: false; readonly finding: Finding };

/** Reads the container to its end, in a worker thread. A container that is not whole is an answer, not an exception. */
export default async function indexFlow({ source, workFolder, limits, content }: IndexTask): Promise<IndexResult> {
  try {
    const wanted = content === 'statuses' ? { wanted: wantedStatuses } : {};
    return { whole: true, index: await indexContainer({ source, workFolder, limits, ...wanted }) };
  } catch (error) {
    if (error instanceof ContainerRefused) return { whole: false, finding: error.finding };
    throw error;
  }
}
