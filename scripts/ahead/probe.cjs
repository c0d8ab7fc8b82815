// Preloaded by scripts/ahead.mjs: writes at the end what the engine has compiled of each chunk that the program loaded
// as a script of its own.
'use strict';
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const v8 = require('node:v8');
const vm = require('node:vm');

// The clock of the example, so that the same functions run whenever this is built.
Date.now = () => Date.UTC(2026, 0, 15, 12);

// What is compiled counts only under the flags that it was made under; the program sets one for itself.
v8.setFlagsFromString = () => {};

const scripts = [];
const { Script } = vm;
vm.Script = function (source, options) {
  const script = new Script(source, options);
  scripts.push({ script, name: options.filename });
  return script;
};

process.on('exit', () => {
  const { versions, platform, arch } = process;
  const machine = `${versions.v8}-${platform}-${arch}`;
  const chunks = dirname(process.argv[1]);
  const folder = join(chunks, 'ahead', machine);
  mkdirSync(folder, { recursive: true });
  const head = Buffer.from(`soakgate code 2 ${machine}\n`.padEnd(128));
  for (const { script, name } of scripts) {
    const parts = [head, script.createCachedData(), readFileSync(join(chunks, name))];
    writeFileSync(join(folder, `${name}.code`), Buffer.concat(parts));
  }
});
