import type { Command } from 'commander';

/** What the library says when a command is misspelt, and what people of this project read instead. */
const sentences: readonly (readonly [RegExp, string])[] = [
  [/^error: unknown command '(.+?)'/, 'commande inconnue : « $1 »'],
  [/^error: unknown option '(.+?)'/, 'option inconnue : « $1 »'],
  [/^error: missing required argument '(.+?)'/, 'il manque l’argument « $1 »'],
  [/^error: option '(.+?)' argument missing/, 'l’option « $1 » demande une valeur'],
  [/^error: required option '(.+?)' not specified/, 'l’option « $1 » est obligatoire'],
  [/^error: too many arguments.*? Expected (\d+) arguments? but got (\d+)\./, 'trop d’arguments : $2 au lieu de $1'],
  [/^error: option '(.+?)' argument '(.+?)' is invalid\.?/, 'option « $1 » : « $2 » ne convient pas.'],
  [
    /^error: command-argument value '(.+?)' is invalid for argument '(.+?)'\.?/,
    'argument « $2 » : « $1 » ne convient pas.',
  ],
  [/\(Did you mean (?:one of )?(.+?)\?\)/, '(vouliez-vous dire $1 ?)'],
];

const titles: Readonly<Record<string, string>> = {
  'Usage:': 'Usage :',
  'Arguments:': 'Arguments :',
  'Options:': 'Options :',
  'Commands:': 'Commandes :',
};

/** An error of the command line in French; unchanged when it is none of the library's own. */
export function inFrench(text: string): string {
  return sentences.reduce((said, [pattern, french]) => said.replace(pattern, french), text);
}

/** Has a program, and every command that is added to it later, speak French. */
export function speakFrench(program: Command): Command {
  return program
    .configureOutput({ outputError: (text, write) => write(`repons : ${inFrench(text)}`) })
    .configureHelp({ styleTitle: (title) => titles[title] ?? title })
    .helpOption('-h, --help', 'affiche cette aide')
    .helpCommand('help [commande]', 'affiche l’aide d’une commande')
    .showHelpAfterError('(--help affiche l’aide)');
}
