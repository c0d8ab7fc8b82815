export interface Task<T> {
  /** Runs alone, after all others. */
  serial: boolean;
  run: () => Promise<T>;
}

/** Runs tasks in their order, at most `parallel` at once, then the serial ones one by one. Results keep the order. */
export async function schedule<T>(tasks: readonly Task<T>[], parallel: number): Promise<T[]> {
  const results = new Map<Task<T>, T>();
  const work = async (queue: Task<T>[]): Promise<void> => {
    for (let task = queue.shift(); task !== undefined; task = queue.shift())
      results.set(task, await task.run());
  };
  const together = tasks.filter(({ serial }) => !serial);
  const lanes = Math.max(1, Math.min(Math.floor(parallel), together.length));
  await Promise.all(Array.from({ length: lanes }, () => work(together)));
  await work(tasks.filter(({ serial }) => serial));
  return tasks.map((task) => results.get(task) as T);
}
