/** Scripts by which a shell completes commands, options and their values. They hold no path and start nothing but the shell's own commands. */
import type { CommandShape, OptionShape, ProgramShape, ValueKind } from './shape.js';

export const SHELLS = ['bash', 'zsh', 'powershell'] as const;
export type Shell = (typeof SHELLS)[number];

export function completionScript(shape: ProgramShape, shell: Shell): string {
  return { bash: bashScript, zsh: zshScript, powershell: powershellScript }[shell](shape);
}

const isChoice = (value: ValueKind): value is readonly string[] => typeof value !== 'string';
const allOptions = ({ options, commands }: ProgramShape) => [...options, ...commands.flatMap((command) => command.options)];

function bashScript(shape: ProgramShape): string {
  const { name, commands } = shape;
  const flags = (options: readonly OptionShape[]) => options.flatMap((option) => option.flags).join(' ');
  const names = commands.map((command) => command.name);
  const behind = valueGroups(shape).map(([value, options]) => `    ${options.join('|')}) ${bashValue(value)}; return ;;`);
  const own = commands.map((command) => `    ${command.name}) options='${flags(command.options)}'; rest=${bashRest(command)} ;;`);
  return `# mimawari: completion for bash (from the table of options; do not edit)
_${name}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} word command= options rest
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
    case $word in ${names.join('|')}) command=$word; break ;; esac
  done
  case $prev in
${behind.join('\n')}
  esac
  case $command in
    '') options='${flags(shape.options)}'; rest='${names.join(' ')} help' ;;
${own.join('\n')}
  esac
  if [[ $cur == -* ]]; then mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
  elif [[ $rest == -* ]]; then compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen $rest -- "$cur")
  elif [[ -n $rest ]]; then mapfile -t COMPREPLY < <(compgen -W "$rest" -- "$cur")
  fi
}
complete -F _${name} ${name}
`;
}

function bashValue(value: ValueKind): string {
  if (isChoice(value)) return `mapfile -t COMPREPLY < <(compgen -W '${value.join(' ')}' -- "$cur")`;
  if (value === 'text') return ':';
  return `compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen ${value === 'folder' ? '-d' : '-f'} -- "$cur")`;
}

function bashRest(command: CommandShape): string {
  const value = command.arguments[0]?.value ?? 'none';
  if (isChoice(value)) return `'${value.join(' ')}'`;
  return value === 'folder' ? '-d' : value === 'file' ? '-f' : "''";
}

/** Options with the same sort of value; a flag means the same in every command. */
function valueGroups(shape: ProgramShape): [ValueKind, string[]][] {
  const groups = new Map<string, [ValueKind, string[]]>();
  for (const { flags, value } of allOptions(shape)) {
    if (value === 'none') continue;
    const group = groups.get(String(value)) ?? [value, []];
    groups.set(String(value), group);
    for (const flag of flags) if (!group[1].includes(flag)) group[1].push(flag);
  }
  return [...groups.values()];
}

function zshScript({ name, options, commands }: ProgramShape): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const told = (text: string) => text.replace(/[[\]:\\]/gu, '\\$&');
  const action = (value: ValueKind) =>
    isChoice(value) ? `(${value.join(' ')})` : value === 'folder' ? '_files -/' : value === 'file' ? '_files' : ' ';
  const spec = ({ flags, value, description, placeholder }: OptionShape) => {
    const behind = value === 'none' ? '' : `:${told(placeholder.replace(/[<>]/gu, ''))}:${action(value)}`;
    return flags.map((flag) => quoted(`*${flag}[${told(description)}]${behind}`)).join(' ');
  };
  const lines = (list: readonly OptionShape[], more: readonly string[] = []) =>
    [...list.map(spec), ...more].map((line) => `        ${line}`).join(' \\\n');
  const cases = commands.map((command) => {
    const places = command.arguments.map((one) => quoted(`*:${told(one.name)}:${action(one.value)}`));
    return `    ${command.name}) _arguments -s \\\n${lines(command.options, places)} ;;`;
  });
  const described = commands.map((command) => `    ${quoted(`${command.name}:${told(command.description)}`)}`);
  return `#compdef ${name}
# mimawari: completion for zsh (from the table of options; do not edit)
_${name}() {
  local -a commands
  commands=(
${described.join('\n')}
  )
  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    _describe command commands
    return
  fi
  case $words[2] in
${cases.join('\n')}
    *) _arguments -s \\\n${lines(options)} ;;
  esac
}
if [[ $funcstack[1] == _${name} ]]; then _${name} "$@"; else compdef _${name} ${name}; fi
`;
}

/** Where nothing is given back PowerShell completes names of files by itself. */
function powershellScript(shape: ProgramShape): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const table = (pairs: readonly [string, string][]) => pairs.map(([key, value]) => `    ${quoted(key)} = ${value}`).join('\n');
  const optionTable = (options: readonly OptionShape[]) =>
    `[ordered]@{ ${options.flatMap(({ flags, description }) => flags.map((flag) => `${quoted(flag)} = ${quoted(description)}`)).join('; ')} }`;
  const values = valueGroups(shape).flatMap(([value, flags]) =>
    isChoice(value) ? flags.map((flag): [string, string] => [flag, `@(${value.map(quoted).join(', ')})`]) : [],
  );
  const first = shape.commands.flatMap(({ name, arguments: [one] }) =>
    one && isChoice(one.value) ? [[name, `@(${one.value.map(quoted).join(', ')})`] as [string, string]] : [],
  );
  return `# mimawari: completion for PowerShell (from the table of options; do not edit)
Register-ArgumentCompleter -Native -CommandName ${quoted(shape.name)} -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $commands = [ordered]@{
${table(shape.commands.map((command) => [command.name, quoted(command.description)]))}
  }
  $options = @{
    '' = ${optionTable(shape.options)}
${table(shape.commands.map((command) => [command.name, optionTable(command.options)]))}
  }
  $values = @{
${table(values)}
  }
  $arguments = @{
${table(first)}
  }
  $words = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })
  $before = if ($wordToComplete) { @($words | Select-Object -SkipLast 1) } else { $words }
  $command = [string]($before | Select-Object -Skip 1 | Where-Object { $commands.Contains($_) } | Select-Object -First 1)
  $found = if ($values.ContainsKey([string]$before[-1])) { $list = [ordered]@{}; $values[[string]$before[-1]] | ForEach-Object { $list[$_] = $_ }; $list }
    elseif ($wordToComplete.StartsWith('-')) { $options[$command] }
    elseif ($command -eq '') { $commands }
    elseif ($arguments.ContainsKey($command)) { $list = [ordered]@{}; $arguments[$command] | ForEach-Object { $list[$_] = $_ }; $list }
    else { @{} }
  $found.GetEnumerator() | Where-Object { $_.Key.StartsWith($wordToComplete) } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_.Key, $_.Key, 'ParameterValue', $_.Value)
  }
}
`;
}
