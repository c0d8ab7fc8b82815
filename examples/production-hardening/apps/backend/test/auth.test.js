import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authorize } from '../src/auth.js';
import { readConfig } from '../src/config.js';

const good = { tenant: 'a', token: { valid: true, tenant: 'a' } };
const bad = { tenant: 'a', token: { valid: false, tenant: 'a' } };
const foreign = { tenant: 'b', token: { valid: true, tenant: 'a' } };

test('a verified request passes in every mode', () => {
  assert.equal(authorize(good, 'shadow').status, 200);
  assert.equal(authorize(good, 'enforced').status, 200);
});

test('a bad token is reported in shadow and refused when enforced', () => {
  assert.deepEqual(authorize(bad, 'shadow'), { status: 200, reported: true });
  assert.equal(authorize(bad, 'enforced').status, 401);
  assert.equal(authorize({ tenant: 'a' }, 'enforced').status, 401);
});

test('another tenant is refused in every mode', () => {
  assert.equal(authorize(foreign, 'shadow').status, 403);
  assert.equal(authorize(foreign, 'enforced').status, 403);
});

test('the environment wins over the default', () => {
  assert.equal(readConfig({ AUTH_MODE: 'enforced' }).authMode, 'enforced');
});
