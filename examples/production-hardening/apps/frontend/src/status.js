/** What a person reads about the state of a command. */
export function statusLabel(command) {
  if (command.deadLettered) return 'given up';
  if (command.result !== undefined) return command.result === 0 ? 'done' : 'failed';
  return command.acknowledged ? 'running' : 'waiting';
}
