import { hostname } from 'node:os';

/** Who this process is among the workers. */
export interface WorkerIdentity {
  /** Host name with nothing but letters, digits and hyphens. */
  readonly host: string;
  readonly pid: number;
}

/** This process. */
export function thisWorker(): WorkerIdentity {
  return { host: hostname().replace(/[^A-Za-z0-9-]/g, '-'), pid: process.pid };
}

/** Whether a process of this machine is still there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
