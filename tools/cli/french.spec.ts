import { Command, CommanderError } from 'commander';
import { speakFrench } from './french.js';

describe('the command line in French', () => {
  const said = (...args: string[]): string => {
    let text = '';
    const program = speakFrench(new Command('repons')).exitOverride();
    const write = (more: string): void => void (text += more);
    program.configureOutput({ ...program.configureOutput(), writeErr: write, writeOut: write });
    program
      .command('flow')
      .argument('<numéro>')
      .option('--day <jour>', 'jour', (value) => value)
      .requiredOption('--for <qui>');
    try {
      program.parse(args, { from: 'user' });
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
    }
    return text;
  };

  it.each([
    [['flwo'], 'commande inconnue : « flwo »'],
    [['flwo'], '(vouliez-vous dire flow ?)'],
    [['flow', '--for', 'x', '--dya'], 'option inconnue : « --dya »'],
    [['flow', '--for', 'x'], 'il manque l’argument « numéro »'],
    [['flow', 'F1'], 'l’option « --for <qui> » est obligatoire'],
    [['flow', 'F1', '--day'], 'l’option « --day <jour> » demande une valeur'],
    [['flow', 'F1', 'F2', '--for', 'x'], 'trop d’arguments : 2 au lieu de 1'],
    [['--help'], 'Commandes :'],
    [['flow', '--help'], 'affiche cette aide'],
  ])('R62 answers %j with « %s »', (args, expected) => {
    const text = said(...args);
    expect(text).toContain(expected);
    expect(text).not.toMatch(/error:|Usage:|Options:|Commands:|Did you mean|display help/);
  });
});
