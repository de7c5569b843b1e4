import { ContainerRefused, indexContainer, type ContainerIndex, type ContainerLimits, type Finding } from '#einvoice';

/** First pass over a flow's bytes. */
export interface IndexTask {
  readonly source: string;
  readonly workFolder: string;
  readonly limits: Partial<ContainerLimits>;
}

export type IndexResult =
  { readonly whole: true; readonly index: ContainerIndex } | { readonly whole: false; readonly finding: Finding };

/** Reads the container to its end, in a worker thread. A container that is not whole is an answer, not an exception. */
export default async function indexFlow({ source, workFolder, limits }: IndexTask): Promise<IndexResult> {
  try {
    return { whole: true, index: await indexContainer({ source, workFolder, limits }) };
  } catch (error) {
    if (error instanceof ContainerRefused) return { whole: false, finding: error.finding };
    throw error;
  }
}
