#!/usr/bin/env -S node --
'use strict';
// The `--` keeps Node 20 from taking our `--env-file` for its own. Committed, because npm links no file that is absent at
// install time. Old syntax on purpose: an old Node must get as far as the message below.

// INVARIANT: until a command has said otherwise, the answer is "internal error", never 0. Node's own 1 for an uncaught
// error would read as no-go.
process.exitCode = 4;

var path = require('path');
var fs = require('fs');

var version = process.versions.node.split('.').map(Number);
var main = path.join(__dirname, '..', 'dist', 'cli', 'main.cjs');

if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
  fs.writeSync(2, 'soakgate: needs Node.js 20.19 or newer, this is ' + process.versions.node + '\n');
  process.exitCode = 2;
} else if (!fs.existsSync(main)) {
  fs.writeSync(2, 'soakgate: the program has not been built; run `npm run build` in the project first\n');
} else {
  try {
    require(main);
  } catch (error) {
    fs.writeSync(
      2,
      'soakgate: internal error: the program could not be loaded (' + String(error && error.name) + ')\n',
    );
    process.exitCode = 4;
  }
}
