import { Command, CommanderError } from 'commander';
import { ApiProblem } from '../client/api-client.js';
import { addAuditorCommands } from './auditor-commands.js';
import { speakFrench } from './french.js';
import { addOperatorCommands } from './operator-commands.js';
import { addPartnerCommands } from './partner-commands.js';
import { addValidateCommand } from './validate-command.js';

/** Exit codes: 0 done, 1 the answer is no, 2 wrong use or could not run. */
const program = speakFrench(new Command('repons'))
  .description('Répons : les factures adressées au secteur public, du dépôt au journal')
  .exitOverride();
addValidateCommand(program);
addPartnerCommands(program);
addAuditorCommands(program);
addOperatorCommands(program);

// Whoever reads may stop, as `head` does: that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    process.stderr.write(`repons : ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof ApiProblem && error.problem.status < 500 ? 1 : 2;
  }
}
