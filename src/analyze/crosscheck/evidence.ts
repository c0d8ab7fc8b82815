import { pointTo } from '../../model/pointer.ts';
import type { CommandSpec, EvidenceSpec, LogSpec, VariableSpec } from '../../model/policy.ts';
import { checkFile } from './files.ts';
import type { Ground } from './ground.ts';
import { checkRowLogic } from './logic.ts';
import { checkPath, checkZone } from './paths.ts';
import { checkMetricsText, checkQuery, checkServer } from './servers.ts';
import { checkWords } from './words.ts';

/** Ids that findings and built-in parts use. */
const reserved: readonly string[] = ['transitions', 'waivers'];

/** Checks what each piece of evidence says of itself. */
export function checkEvidence(ground: Ground): void {
  for (const [id, spec] of Object.entries(ground.policy.evidence)) {
    const holder = pointTo('/evidence', id);
    if (reserved.includes(id)) {
      ground.report({
        code: 'policy/reserved-id',
        message: `the id \`${id}\` is taken by Soakgate itself`,
        pointer: holder,
        atKey: true,
        hint: 'choose another id',
      });
    }
    checkKind(ground, spec, { id, pointer: pointTo(holder, spec.kind) });
  }
}

function checkKind(ground: Ground, spec: EvidenceSpec, at: { id: string; pointer: string }): void {
  const path = `${at.pointer}/path`;
  switch (spec.kind) {
    case 'env': {
      checkVariables(ground, spec.variables, at.pointer);
      return;
    }
    case 'dotenv':
      checkPath(ground, spec.path, { pointer: path, dated: false });
      {
        checkVariables(ground, spec.variables, at.pointer);
        return;
      }
    case 'command': {
      checkCommand(ground, spec, at.pointer);
      return;
    }
    case 'log': {
      checkLog(ground, spec, at);
      return;
    }
    case 'document': {
      checkPath(ground, spec.path, { pointer: path, dated: true });
      return;
    }
    case 'file': {
      checkFile(ground, spec, at.pointer);
      return;
    }
    case 'junit':
    case 'ctrf':
    case 'sarif': {
      checkPath(ground, spec.path, { pointer: path, dated: false });
      return;
    }
    case 'git':
    case 'github-checks':
    case 'attestation':
      return;
    case 'metrics-text': {
      checkMetricsText(ground, spec, at.pointer);
      return;
    }
    case 'http': {
      checkServer(ground, spec.server, at.pointer);
      return;
    }
    case 'prometheus': {
      checkServer(ground, spec.server, at.pointer);
      checkQuery(ground, spec.query, `${at.pointer}/query`);
      return;
    }
  }
}

function checkVariables(
  ground: Ground,
  variables: Readonly<Record<string, VariableSpec>>,
  pointer: string,
): void {
  for (const [name, variable] of Object.entries(variables)) {
    const at = pointTo(pointer, 'variables', name);
    checkWords(ground, variable, at);
    const contrary = variable.show ? 'show' : variable.oneOf ? 'oneOf' : undefined;
    if (!variable.secret || contrary === undefined) continue;
    const message = `\`${name}\` is secret, and \`${contrary}\` would keep its value`;
    ground.report({
      code: 'policy/secret-shown',
      message,
      pointer: pointTo(at, contrary),
      atKey: true,
      hint: `remove \`${contrary}\`, or \`secret\``,
    });
  }
}

function checkCommand(ground: Ground, spec: CommandSpec, pointer: string): void {
  if (spec.cwd !== undefined && spec.cwd !== '.')
    checkPath(ground, spec.cwd, { pointer: `${pointer}/cwd`, dated: false });
  if (spec.results)
    checkPath(ground, spec.results.path, {
      pointer: `${pointer}/results/${spec.results.format}`,
      dated: false,
    });
  spec.protects.forEach((path, index) => {
    checkPath(ground, path, { pointer: pointTo(pointer, 'protects', index), dated: false });
  });
}

function checkLog(ground: Ground, spec: LogSpec, at: { id: string; pointer: string }): void {
  checkPath(ground, spec.path, { pointer: `${at.pointer}/path`, dated: true });
  if (spec.time.zone !== undefined) checkZone(ground, spec.time.zone, `${at.pointer}/time/zone`);
  for (const [name, column] of Object.entries(spec.columns))
    checkWords(ground, column, pointTo(at.pointer, 'columns', name));
  for (const [name, logic] of Object.entries(spec.views)) {
    const pointer = pointTo(at.pointer, 'views', name);
    if (name === 'count' || name === 'last') {
      const message = `\`${at.id}.${name}\` has a meaning of its own`;
      ground.report({
        code: 'policy/reserved-id',
        message,
        pointer,
        atKey: true,
        hint: 'choose another name for the view',
      });
    }
    checkRowLogic(ground, { logic, pointer }, { id: at.id, spec });
  }
}
