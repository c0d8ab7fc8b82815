import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statusLabel } from '../src/status.js';

test('each state has its label', () => {
  assert.equal(statusLabel({}), 'waiting');
  assert.equal(statusLabel({ acknowledged: true }), 'running');
  assert.equal(statusLabel({ acknowledged: true, result: 0 }), 'done');
  assert.equal(statusLabel({ acknowledged: true, result: 2 }), 'failed');
  assert.equal(statusLabel({ deadLettered: true }), 'given up');
});
