import type { Command } from 'commander';
import { addAuditorCommands } from './auditor-commands.js';
import { addOperatorCommands } from './operator-commands.js';
import { addPartnerCommands } from './partner-commands.js';

/** The commands that need a running platform, or its database. */
export function addPlatformCommands(program: Command): void {
  addPartnerCommands(program);
  addAuditorCommands(program);
  addOperatorCommands(program);
}
