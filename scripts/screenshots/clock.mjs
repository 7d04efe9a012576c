// Preloaded into the server that is photographed: the machine's clock, moved to start at CLOCK_STARTS_AT (ISO 8601), so
// that the demonstration, whose dates are counted from today, gives the same pictures every day.
const Real = Date
const offset = Real.parse(process.env.CLOCK_STARTS_AT ?? '') - Real.now()
if (Number.isNaN(offset)) throw new Error('CLOCK_STARTS_AT is not an instant.')

globalThis.Date = new Proxy(Real, {
  apply: () => new Date().toString(),
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [Real.now() + offset] : args, newTarget),
  get: (target, name) => (name === 'now' ? () => Real.now() + offset : Reflect.get(target, name)),
})
