/** How a command ends, if it does. */
const endings = {
  'waits for its children': 'wait',
  'ends at once': 'exit 0',
  'ends at once with 3': 'exit 3',
  'sleeps on': 'sleep 300',
  spins: 'while :; do :; done',
} as const;

/** What a command leaves running; `NAP` is what sleeps, and carries the tag in its command line. */
const children = {
  'no child': '',
  'a child': 'NAP &',
  'a child with closed pipes': 'NAP >/dev/null 2>&1 &',
  'a child that ignores SIGTERM': 'sh -c \'trap "" TERM; NAP & wait; NAP\' &',
  'a child that ignores all it can': 'sh -c \'trap "" TERM INT HUP QUIT USR1 USR2; while :; do NAP; done\' &',
  'a nohup child': 'nohup NAP >/dev/null 2>&1 &',
  'a nohup child holding the pipe': 'nohup NAP 2>&1 </dev/null | cat &',
  'a child in a session of its own': 'setsid NAP &',
  'a child in a session of its own with closed pipes': 'setsid NAP >/dev/null 2>&1 </dev/null &',
  'a double fork': "sh -c '(NAP &) &'",
  'a double fork into a session of its own': "setsid sh -c '(setsid NAP &) & exit 0'",
  'a daemon that ignores SIGTERM':
    'setsid sh -c \'trap "" TERM HUP; (NAP & wait; NAP) & exit 0\' >/dev/null 2>&1',
  'a stopped child': 'NAP & kill -STOP $!',
  'a stopped child in a session of its own': "setsid sh -c 'NAP & kill -STOP $!; wait' &",
  'many children': 'for i in 1 2 3 4 5 6 7 8; do NAP & done',
  'a chain of shells': 'sh -c "sh -c \'sh -c \\"NAP; :\\"; :\'; :" &',
  'a child that begets for ever': "sh -c 'while :; do NAP & sleep 0.02; done' >/dev/null 2>&1 &",
  'a child that writes for ever': "sh -c 'while :; do echo TAG; sleep 0.01; done' &",
  'a child in a group of its own': "bash -mc 'NAP & wait' &",
  'a child without the environment': 'env -i sleep TAG &',
} as const;

/** What the command does about SIGTERM. */
const manners = { 'obeys SIGTERM': '', 'ignores SIGTERM': "trap '' TERM;" } as const;

export interface Tree {
  name: string;
  /** For `sh -c`. `tag` is a number of seconds that nobody else sleeps. */
  script: (tag: string) => string;
  endsByItself: boolean;
}

/** Every combination: 5 endings × 20 children × 2 manners = 200 trees. */
export const trees: readonly Tree[] = Object.entries(manners).flatMap(([manner, trap]) =>
  Object.entries(children).flatMap(([child, start]) =>
    Object.entries(endings).map(([ending, end]) => ({
      name: `${manner}, leaves ${child}, ${ending}`,
      script: (tag: string) =>
        `${trap} ${start}\n${end}`.replaceAll('NAP', `sleep ${tag}`).replaceAll('TAG', tag),
      endsByItself: end.startsWith('exit') || (end === 'wait' && !/&$|done$|STOP/.test(start)),
    })),
  ),
);
