import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../src/config.js';
import { backoff, channels } from '../src/transport.js';

test('hybrid falls back, ws does not', () => {
  assert.deepEqual(channels('hybrid'), ['ws', 'longpoll']);
  assert.deepEqual(channels('ws'), ['ws']);
  assert.throws(() => channels('pigeon'));
});

test('reconnects wait longer each time, and never more than a minute', () => {
  assert.deepEqual([0, 1, 2, 10].map(backoff), [1, 2, 4, 60]);
});

test('the environment wins over the default', () => {
  assert.equal(readConfig({ AGENT_TRANSPORT: 'ws' }).transport, 'ws');
});
