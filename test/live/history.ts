import { minute } from '../../src/model/instant.ts';

/** Value of a series so many minutes ago; undefined where nobody measured. */
type Course = (ago: number) => number | string | undefined;

export interface History {
  type: 'counter' | 'gauge';
  name: string;
  labels?: string;
  course: Course;
}

const length = 180;

/** Three hours of samples, one a minute, up to `now`, in OpenMetrics. */
export function historyUntil(now: number, all: readonly History[]): string {
  const lines: string[] = [];
  let family = '';
  for (const { type, name, labels = '', course } of all) {
    if (name !== family) lines.push(`# TYPE ${name} ${type}`);
    family = name;
    const series = `${name}${type === 'counter' ? '_total' : ''}${labels}`;
    for (let ago = length; ago >= 0; ago--) {
      const value = course(ago);
      if (value !== undefined) lines.push(`${series} ${value} ${(now - ago * minute) / 1000}`);
    }
  }
  return `${lines.join('\n')}\n# EOF\n`;
}
