// \0rolldown/runtime.js
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __commonJSMin = (cb, mod) => () => (mod || (cb((mod = { exports: {} }).exports, mod, mod.exports), cb = null), mod.exports);
var __copyProps = (to, from, except, desc) => {
	if (from && typeof from === "object" || typeof from === "function") for (var keys = __getOwnPropNames(from), i = 0, n = keys.length, key; i < n; i++) {
		key = keys[i];
		if (!__hasOwnProp.call(to, key) && key !== except) __defProp(to, key, {
			get: ((k) => from[k]).bind(null, key),
			enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable
		});
	}
	return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(isNodeMode || !mod || !mod.__esModule || !__hasOwnProp.call(mod, "default") ? __defProp(target, "default", {
	value: mod,
	enumerable: true
}) : target, mod));
// src/logic/value.ts
const unknownTag = Symbol("unknown");
const placeTag = Symbol("place");
const maxReasons = 8;
const maxDepth$1 = 64;
const maxNodes = 1e6;
/**
* Empty lists that a rule itself made. Any other empty list was delivered by evidence and proves nothing. Each is a
* list of its own, because `in` finds lists by identity, as the reference does.
*/
const emptied = /* @__PURE__ */ new WeakSet();
/** Gives a list that a rule made, noting the rule as its maker if it is empty. */
function madeList(elements) {
	if (elements.length === 0) emptied.add(elements);
	return elements;
}
/** Whether a list without elements says nothing, because it came from evidence. */
function isBarren(list) {
	return list.length === 0 && !emptied.has(list);
}
function makeUnknown(reason) {
	return { [unknownTag]: [reason] };
}
function isUnknown(value) {
	return typeof value === "object" && value !== null && value[unknownTag] !== void 0;
}
function reasonsOf(value) {
	return value[unknownTag];
}
/** Both, without repeating a reason. Bounded, so that a million unknown rows cost no more than a few. */
function joinUnknown(a, b) {
	if (a === void 0 || a === b) return b;
	const reasons = [...a[unknownTag]];
	for (const reason of b[unknownTag]) {
		if (reasons.length >= maxReasons) break;
		if (!reasons.some((known) => sameReason(known, reason))) reasons.push(reason);
	}
	return reasons.length === a[unknownTag].length ? a : { [unknownTag]: reasons };
}
function sameReason(a, b) {
	return a.code === b.code && a.path === b.path && a.message === b.message && a.from?.evidence === b.from?.evidence && a.from?.path === b.from?.path && a.from?.line === b.from?.line;
}
function placeOf(element) {
	return typeof element === "object" && element !== null ? element[placeTag] : void 0;
}
/** Takes a raw value in: what is null, not finite, no JSON, or an object that holds such a thing, is unknown. */
function admit(raw, path) {
	if (typeof raw === "string" || typeof raw === "boolean") return raw;
	if (typeof raw === "number" && raw - raw === 0) return raw;
	return admitOther(raw, path);
}
function admitOther(raw, path) {
	switch (typeof raw) {
		case "string":
		case "boolean": return raw;
		case "number": return Number.isFinite(raw) ? raw : makeUnknown({
			code: "logic.not-finite",
			path
		});
		case "object":
			if (Array.isArray(raw)) return raw;
			return (raw === null ? void 0 : admitObject(raw)) ?? hiddenUnknown(raw, path) ?? raw;
		case "bigint":
		case "function":
		case "symbol":
		case "undefined": return makeUnknown({
			code: raw === void 0 ? "evidence.absent" : "logic.not-json",
			path
		});
	}
}
function admitObject(raw) {
	return isUnknown(raw) ? raw : void 0;
}
/** The first unknown inside a value, in key order, or undefined. Depth and size are bounded. */
function hiddenUnknown(raw, path) {
	const budget = { nodes: maxNodes };
	const search = (value, depth) => {
		budget.nodes -= 1;
		if (depth > maxDepth$1 || budget.nodes < 0) return makeUnknown({
			code: "logic.budget",
			path
		});
		if (value === null) return makeUnknown({
			code: "evidence.null",
			path
		});
		if (typeof value !== "object") {
			const admitted = admit(value, path);
			return isUnknown(admitted) ? admitted : void 0;
		}
		if (isUnknown(value)) return value;
		if (!Array.isArray(value) && !isPlain(value)) return makeUnknown({
			code: "logic.not-json",
			path
		});
		const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
		for (const key of keys) {
			const found = search(value[key], depth + 1);
			if (found) return found;
		}
	};
	return search(raw, 0);
}
/** An object literal of this or another realm, or one without prototype; no Date, Map or instance of a class. */
function isPlain(value) {
	const prototype = Object.getPrototypeOf(value);
	return prototype === null || Object.getPrototypeOf(prototype) === null;
}
/** Whether an element of a list is itself known; what an object holds inside is not looked at. */
function isDefinite(element) {
	switch (typeof element) {
		case "string":
		case "boolean": return true;
		case "number": return Number.isFinite(element);
		case "object": return element !== null && !isUnknown(element);
		case "bigint":
		case "function":
		case "symbol":
		case "undefined": return false;
	}
}
/** JSON Logic's truth: "", 0, null and [] are false. A list of which no element is known may be empty: unknown. */
function truthOf(value) {
	if (typeof value === "boolean") return value;
	if (typeof value !== "object") return value !== "" && value !== 0;
	if (value === null) return false;
	if (Array.isArray(value)) return truthOfList(value);
	return isUnknown(value) ? value : true;
}
function truthOfList(list) {
	if (list.length === 0) return false;
	return list.some(isDefinite) ? true : firstUnknown(list);
}
/** The unknown of the first element that is not known, whatever its shape. */
function firstUnknown(list) {
	const element = list.find((candidate) => !isDefinite(candidate));
	const admitted = element === null || element === void 0 ? void 0 : admit(element, "");
	return admitted !== void 0 && isUnknown(admitted) ? admitted : makeUnknown({ code: "evidence.null" });
}
const decimalNumber = /^-?\d+(?:\.\d+)?$/;
/** The number of a number or of a decimal-number string such as `-12.50`; NaN for everything else (no exponent, no hex). */
function numberOf(value) {
	if (typeof value === "number") return value;
	return typeof value === "string" && decimalNumber.test(value) ? Number(value) : NaN;
}
/** A word for the type of a value, for messages. */
function kindOf(value) {
	if (value === null) return "null";
	if (Array.isArray(value)) return "a list";
	if (isUnknown(value)) return "an unknown";
	return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
/** The unknown operands joined, or, if all are known, the reason that their types do not fit. */
function unfit(operator, ...operands) {
	let joined;
	for (const operand of operands) if (isUnknown(operand)) joined = joinUnknown(joined, operand);
	if (joined) return joined;
	return makeUnknown({
		code: "logic.type",
		message: `\`${operator}\` cannot judge ${operands.map(kindOf).join(" and ")}`
	});
}
// src/logic/closure.ts
/** Steps of one run: a million rows under a few predicates, but not a list of lists of lists (R34). */
const maxSteps = 1e7;
function isClean() {
	for (const _ in Array.prototype) return false;
	return true;
}
/** `iterates`: whether the rule looks into elements at all, and so has to know that no prototype was tampered with. */
function newFrame(scope, iterates, leaves) {
	return {
		scope,
		steps: maxSteps,
		clean: iterates && isClean(),
		leaves
	};
}
/** Takes the cost of making or searching a text or list from the budget; false once it is used up. */
function spend(frame, value) {
	if (typeof value === "string") frame.steps -= value.length >> 6;
	else if (Array.isArray(value)) frame.steps -= value.length;
	return frame.steps >= 0;
}
function outOfSteps() {
	return makeUnknown({
		code: "logic.budget",
		message: "the rule takes too many steps"
	});
}
/** An operand that the loader has counted. */
function operand(call, index) {
	const node = call.operands[index];
	if (node === void 0) throw new Error(`${call.operator} at ${call.pointer} has no operand ${index}`);
	return node;
}
// src/logic/calculate.ts
/** Why a calculation has no finite result: an operand that is no number, or the calculation itself. */
function unfinished(operator, ...operands) {
	if (operands.length === 0) return makeUnknown({
		code: "logic.type",
		message: `\`${operator}\` has no operand`
	});
	const strangers = operands.filter((value) => !Number.isFinite(numberOf(value)));
	if (strangers.length > 0) return unfit(operator, ...strangers);
	return makeUnknown({
		code: "logic.not-finite",
		message: `\`${operator}\` gives no finite number`
	});
}
/** An operator over two numbers. An operand that is no number makes the result NaN, which is then explained. */
function binary$1(operator, calculate) {
	return (call, plan) => {
		const left = plan.value(operand(call, 0), plan);
		const right = plan.value(operand(call, 1), plan);
		return (element, frame) => {
			const a = left(element, frame);
			const b = right(element, frame);
			const result = typeof a === "number" && typeof b === "number" ? calculate(a, b) : calculate(numberOf(a), numberOf(b));
			return Number.isFinite(result) ? result : unfinished(operator, a, b);
		};
	};
}
/** An operator that folds any number of operands, from left to right as the reference does. */
function folding(operator, calculate) {
	const pair = binary$1(operator, calculate);
	return (call, plan) => {
		if (call.operands.length === 2) return pair(call, plan);
		const runs = call.operands.map((node) => plan.value(node, plan));
		return (element, frame) => {
			const values = runs.map((run) => run(element, frame));
			const [first = NaN, ...rest] = values.map(numberOf);
			const result = rest.reduce((a, b) => calculate(a, b), first);
			return Number.isFinite(result) ? result : unfinished(operator, ...values);
		};
	};
}
/** An operator over one number, of which nothing but a number or a decimal-number string is left as it is. */
function unary(operator, calculate) {
	return (call, plan) => {
		const run = plan.value(operand(call, 0), plan);
		return (element, frame) => {
			const value = run(element, frame);
			return Number.isFinite(numberOf(value)) ? calculate(value) : unfinished(operator, value);
		};
	};
}
/** Chooses by the number of operands. */
function byCount(one, more) {
	return (call, plan) => (call.operands.length === 1 ? one : more)(call, plan);
}
const nothing = (call) => () => unfinished(call.operator);
const subtract = binary$1("-", (a, b) => a - b);
const calculations = {
	"+": folding("+", (a, b) => a + b),
	"-": byCount(unary("-", (value) => -numberOf(value)), (call, plan) => (call.operands.length === 0 ? nothing : subtract)(call, plan)),
	"*": byCount(unary("*", (value) => value), folding("*", (a, b) => a * b)),
	"/": binary$1("/", (a, b) => a / b),
	"%": binary$1("%", (a, b) => a % b),
	min: folding("min", (a, b) => Math.min(a, b)),
	max: folding("max", (a, b) => Math.max(a, b))
};
// src/logic/compare.ts
/** `==`: same types, or a number and a decimal-number string. */
function equal(a, b) {
	if (typeof a === "string" && typeof b === "string") return a === b;
	if (typeof a === "number" && typeof b === "number") return a === b;
	if (typeof a === "boolean" && typeof b === "boolean") return a === b;
	const difference = mixed$1(a, b);
	return Number.isNaN(difference) ? unfit("==", a, b) : difference === 0;
}
/** `===`: primitives of different types are known to be unequal. */
function identical(a, b) {
	return typeof a === "object" || typeof b === "object" ? unfit("===", a, b) : a === b;
}
/** Negative, 0 or positive for numbers with decimal-number strings; NaN if the two cannot be compared so. */
function mixed$1(a, b) {
	const x = numberOf(a);
	const y = numberOf(b);
	if (!Number.isFinite(x) || !Number.isFinite(y)) return NaN;
	return x < y ? -1 : x > y ? 1 : 0;
}
function less(a, b) {
	if (typeof a === "number" && typeof b === "number") return a < b;
	if (typeof a === "string" && typeof b === "string") return a < b;
	const difference = mixed$1(a, b);
	return Number.isNaN(difference) ? unfit("<", a, b) : difference < 0;
}
function lessOrEqual(a, b) {
	if (typeof a === "number" && typeof b === "number") return a <= b;
	if (typeof a === "string" && typeof b === "string") return a <= b;
	const difference = mixed$1(a, b);
	return Number.isNaN(difference) ? unfit("<=", a, b) : difference <= 0;
}
const contrary = (compare) => (a, b) => {
	const truth = compare(a, b);
	return typeof truth === "boolean" ? !truth : truth;
};
const swapped = (compare) => (a, b) => compare(b, a);
function binary(compare) {
	return (call, plan) => {
		const left = plan.value(operand(call, 0), plan);
		const second = operand(call, 1);
		if (second.kind === "literal") {
			const literal = second.value;
			return (element, frame) => compare(left(element, frame), literal);
		}
		const right = plan.value(second, plan);
		return (element, frame) => compare(left(element, frame), right(element, frame));
	};
}
/** Three operands are the conjunction of two comparisons: one that is known to be false decides. */
function chain(compare) {
	const pair = binary(compare);
	return (call, plan) => {
		if (call.operands.length === 2) return pair(call, plan);
		const [low, middle, high] = call.operands.map((node) => plan.value(node, plan));
		return (element, frame) => {
			const between = middle(element, frame);
			return both(compare(low(element, frame), between), compare(between, high(element, frame)));
		};
	};
}
function both(a, b) {
	if (a === false || b === false) return false;
	if (isUnknown(a)) return isUnknown(b) ? joinUnknown(a, b) : a;
	return b;
}
const comparisons = {
	"==": binary(equal),
	"!=": binary(contrary(equal)),
	"===": binary(identical),
	"!==": binary(contrary(identical)),
	"<": chain(less),
	"<=": chain(lessOrEqual),
	">": binary(swapped(less)),
	">=": binary(swapped(lessOrEqual))
};
// src/logic/conditions.ts
/**
* `and` and `or` where their value counts: every operand has to be known, since an unknown one could be what the
* operator gives.
*/
function firstOrLast(decisive) {
	return (call, plan) => {
		const runs = call.operands.map((node) => plan.value(node, plan));
		return (element, frame) => {
			let unknown;
			let given = null;
			let decided = false;
			for (const run of runs) {
				const value = run(element, frame);
				const truth = truthOf(value);
				if (isUnknown(truth)) unknown = joinUnknown(unknown, truth);
				if (!decided) given = value;
				decided ||= truth === decisive;
			}
			return unknown ?? given;
		};
	};
}
/** `and` and `or` where their truth counts: a known operand that decides does so beside unknown ones (Kleene). */
function decidedByTruth(decisive) {
	return (call, plan) => {
		const runs = call.operands.map((node) => plan.decide(node, plan));
		return (element, frame) => {
			let unknown;
			let last = null;
			for (const run of runs) {
				last = run(element, frame);
				const truth = typeof last === "boolean" ? last : truthOf(last);
				if (truth === decisive) return last;
				if (typeof truth !== "boolean") unknown = joinUnknown(unknown, truth);
			}
			return unknown ?? last;
		};
	};
}
/** A condition that is unknown makes the whole unknown, even if both branches agree. Without an else there is null. */
const choose = (call, plan) => {
	const branches = [];
	for (let i = 0; i + 1 < call.operands.length; i += 2) branches.push({
		when: plan.truth(operand(call, i), plan),
		then: plan.value(operand(call, i + 1), plan)
	});
	const last = call.operands.length % 2 === 1 ? plan.value(operand(call, call.operands.length - 1), plan) : void 0;
	return (element, frame) => {
		for (const { when, then } of branches) {
			const truth = when(element, frame);
			if (truth === true) return then(element, frame);
			if (truth !== false) return truth;
		}
		return last ? last(element, frame) : null;
	};
};
const negate = (call, plan) => {
	const test = plan.truth(operand(call, 0), plan);
	return (element, frame) => {
		const truth = test(element, frame);
		return typeof truth === "boolean" ? !truth : truth;
	};
};
const affirm = (call, plan) => plan.truth(operand(call, 0), plan);
const conditions = {
	if: choose,
	"?:": choose,
	and: firstOrLast(false),
	or: firstOrLast(true),
	"!": negate,
	"!!": affirm
};
/** Whether a call is decided by truth where truth is asked, and by which. */
function decisiveTruth(call) {
	return call.operator === "and" ? false : call.operator === "or" ? true : void 0;
}
// src/logic/rule.ts
const iterations = {
	map: "element",
	filter: "element",
	all: "element",
	some: "element",
	none: "element",
	reduce: "fold"
};
/** What `var` sees inside operand number `index` of an operator that itself sees `sight`. */
function sightOf(operator, index, sight) {
	return index === 1 ? iterations[operator] ?? sight : sight;
}
function isIteration(operator) {
	return iterations[operator] !== void 0;
}
/** The path of a `var` that is written down in the rule; undefined if it is computed. '' is everything in sight. */
function staticPath(call) {
	const path = call.operands[0];
	if (path === void 0) return "";
	if (path.kind !== "literal") return void 0;
	const { value } = path;
	if (value === null) return "";
	return typeof value === "string" || typeof value === "number" ? String(value) : void 0;
}
/** The keys of a `missing` or `missing_some` that are written down in the rule; undefined if any is computed. */
function staticKeys(call) {
	const first = call.operands[call.operator === "missing_some" ? 1 : 0];
	const keys = (first?.kind === "list" ? first.items : call.operator === "missing" ? call.operands : void 0)?.map((node) => node.kind === "literal" ? node.value : null);
	return keys?.every((key) => typeof key === "string" || typeof key === "number") ? keys.map(String) : void 0;
}
/** A literal list, if every item is a literal; undefined otherwise. */
function literalItems(node) {
	if (node.kind !== "list") return void 0;
	const values = node.items.map((item) => item.kind === "literal" ? item.value : void 0);
	return values.includes(void 0) ? void 0 : values;
}
// src/logic/paths.ts
/** Properties that are no data, whatever an object says. */
const forbidden = /* @__PURE__ */ new Set([
	"__proto__",
	"constructor",
	"prototype"
]);
/** Whether a path is one key of an object, which the element's own properties or nothing can answer. */
function isPlainKey(path) {
	return path !== "" && path !== "length" && !path.includes(".") && !forbidden.has(path);
}
function notOwn(path) {
	return makeUnknown({
		code: "logic.path",
		path
	});
}
/** One step down by own property. Undefined: there is nothing. Unknown: there is something that is no data. */
function stepInto(container, key, path) {
	if (container === null || container === void 0) return void 0;
	if (typeof container !== "object") return key in Object(container) ? notOwn(path) : void 0;
	if (Array.isArray(container) && key === "length") return notOwn(path);
	if (Object.hasOwn(container, key)) return container[key];
	if (isUnknown(container)) return container;
	return key in container ? notOwn(path) : void 0;
}
/**
* Finds a path inside an element. Dots separate; in a policy an element that has the whole text as a key is asked for
* that first, so that a column named `Resp. time` can be read.
*/
function lookup(path, plan) {
	if (path === "") return (element) => element;
	const keys = path.split(".");
	if (keys.some((key) => forbidden.has(key))) return () => notOwn(path);
	const [only] = keys;
	if (only !== void 0 && keys.length === 1) return (element) => stepInto(element, only, path);
	const down = (element) => {
		let at = element;
		for (const key of keys) at = stepInto(at, key, path);
		return at;
	};
	if (plan.mode === "data") return down;
	return (element) => isKeyOf(element, path) ? stepInto(element, path, path) : down(element);
}
function isKeyOf(element, key) {
	return typeof element === "object" && element !== null && Object.hasOwn(element, key);
}
function unknownReading(reading) {
	const { code, path, message, from } = reading;
	const reason = {
		code,
		path
	};
	if (message !== void 0) reason.message = message;
	if (from !== void 0) reason.from = from;
	return makeUnknown(reason);
}
/** Reads one path where a `var` stands; `otherwise` is its default, for what is absent alone. */
function pathReader(path, plan, otherwise) {
	if (plan.sight === "evidence") return (element, frame) => {
		const reading = frame.scope.read(path);
		if (reading.known) return admit(reading.value, path);
		return reading.observed === true && otherwise ? otherwise(element, frame) : unknownReading(reading);
	};
	return elementReader(path, plan, otherwise);
}
function elementReader(path, plan, otherwise) {
	const find = lookup(path, plan);
	const read = (element, frame) => {
		const raw = find(element);
		if (raw !== void 0) return admit(raw, path);
		return otherwise ? otherwise(element, frame) : absent(element, path);
	};
	if (plan.mode === "data" || !isPlainKey(path)) return read;
	return (element, frame) => {
		if (frame.clean && typeof element === "object" && element !== null) {
			const cell = element[path];
			if (typeof cell === "string" || typeof cell === "boolean" || Number.isFinite(cell)) return cell;
		}
		return read(element, frame);
	};
}
function absent(element, path) {
	const from = placeOf(element);
	return makeUnknown({
		code: "evidence.absent",
		path,
		...from === void 0 ? {} : { from }
	});
}
const readVariable = (call, plan) => {
	const fallback = call.operands[1];
	const otherwise = fallback !== void 0 && !(fallback.kind === "literal" && fallback.value === null) ? plan.value(fallback, plan) : void 0;
	const path = staticPath(call);
	if (path !== void 0) return pathReader(path, plan, otherwise);
	const computed = plan.value(operand(call, 0), plan);
	return (element, frame) => {
		const value = computed(element, frame);
		if (value !== null && typeof value !== "string" && typeof value !== "number") return unfit("var", value);
		return pathReader(value === null ? "" : String(value), plan, otherwise)(element, frame);
	};
};
/** Whether a key is missing: absent, null or "". Unknown if nobody looked. */
function isMissing(key, element, plan, frame) {
	if (plan.sight === "evidence") {
		const reading = frame.scope.read(key);
		if (!reading.known) return reading.observed === true ? true : unknownReading(reading);
		return isBlank(reading.value, key);
	}
	if (plan.mode === "policy" && (element === null || element === void 0)) return absent(element, key);
	return isBlank(lookup(key, plan)(element), key);
}
function isBlank(raw, path) {
	if (raw === void 0 || raw === null || raw === "") return true;
	if (isDefinite(raw)) return false;
	const admitted = admit(raw, path);
	return isUnknown(admitted) ? admitted : false;
}
function listMissing(keys, element, plan, frame) {
	let unknown;
	const missing = [];
	for (const key of keys) {
		if (typeof key !== "string" && typeof key !== "number") return unfit("missing", admit(key, ""));
		const truth = isMissing(String(key), element, plan, frame);
		if (isUnknown(truth)) unknown = joinUnknown(unknown, truth);
		else if (truth) missing.push(key);
	}
	return unknown ?? madeList(missing);
}
const findMissing = (call, plan) => {
	const runs = call.operands.map((node) => plan.value(node, plan));
	return (element, frame) => {
		const values = runs.map((run) => run(element, frame));
		const [first] = values;
		if (!Array.isArray(first)) return listMissing(values, element, plan, frame);
		return values.length > 1 ? unfit("missing", ...values) : listMissing(first, element, plan, frame);
	};
};
const findMissingSome = (call, plan) => {
	const needed = plan.value(operand(call, 0), plan);
	const options = plan.value(operand(call, 1), plan);
	return (element, frame) => {
		const need = needed(element, frame);
		const keys = options(element, frame);
		if (!Number.isFinite(numberOf(need)) || !Array.isArray(keys)) return unfit("missing_some", need, keys);
		const missing = listMissing(keys, element, plan, frame);
		if (!Array.isArray(missing)) return missing;
		return keys.length - missing.length >= numberOf(need) ? madeList([]) : missing;
	};
};
const paths = {
	var: readVariable,
	missing: findMissing,
	missing_some: findMissingSome
};
// src/logic/fast.ts
const SameText = 0;
const AmongTexts = 1;
const Contains = 2;
const SameNumber = 3;
const Less = 4;
const AtMost = 5;
const SameFlag = 6;
const orders = {
	"==": {
		test: SameNumber,
		contrary: false,
		mirrored: "=="
	},
	"===": {
		test: SameNumber,
		contrary: false,
		mirrored: "==="
	},
	"!=": {
		test: SameNumber,
		contrary: true,
		mirrored: "!="
	},
	"!==": {
		test: SameNumber,
		contrary: true,
		mirrored: "!=="
	},
	"<": {
		test: Less,
		contrary: false,
		mirrored: ">"
	},
	"<=": {
		test: AtMost,
		contrary: false,
		mirrored: ">="
	},
	">": {
		test: AtMost,
		contrary: true,
		mirrored: "<"
	},
	">=": {
		test: Less,
		contrary: true,
		mirrored: "<="
	}
};
/**
* The fast tier of a predicate before its closure, which is asked where the fast tier leaves the answer open; the
* closure alone if the predicate does more than compare.
*/
function withFastTier(node, plan, closure) {
	if (plan.mode === "data" || plan.sight === "fold" || plan.traced) return closure;
	const first = decide(node, {
		whenTrue: true,
		whenFalse: false,
		sight: plan.sight
	});
	if (first === void 0 || typeof first === "boolean") return closure;
	return plan.sight === "evidence" ? walkReadings(first, closure) : walkElement(first, closure);
}
/** Where to begin so that a node's truth leads one way or the other; operands are laid from the last to the first. */
function decide(node, ways) {
	if (node.kind !== "call") return void 0;
	const { operator, operands } = node;
	const [only] = operands;
	if ((operator === "!!" || operator === "!") && only) return decide(only, operator === "!!" ? ways : {
		...ways,
		whenTrue: ways.whenFalse,
		whenFalse: ways.whenTrue
	});
	if (operator !== "and" && operator !== "or") return compare(node, ways);
	let next = operator === "and" ? ways.whenTrue : ways.whenFalse;
	for (const part of [...operands].reverse()) {
		if (next === void 0) return void 0;
		next = decide(part, operator === "and" ? {
			...ways,
			whenTrue: next
		} : {
			...ways,
			whenFalse: next
		});
	}
	return next;
}
function compare(call, ways) {
	const [left, right] = call.operands;
	if (call.operator === "var") return testOf(call, {
		test: SameFlag,
		flag: true
	}, ways);
	if (!left || !right || call.operands.length !== 2) return void 0;
	if (call.operator === "in") return search(left, right, ways);
	const order = orders[call.operator];
	if (!order) return void 0;
	if (right.kind === "literal") return against(left, right.value, order, ways);
	const mirrored = orders[order.mirrored];
	return left.kind === "literal" && mirrored ? against(right, left.value, mirrored, ways) : void 0;
}
/** Texts and flags are compared for being the same; their order is left to the closures. */
function against(node, literal, { test, contrary }, { sight, whenTrue, whenFalse }) {
	const ways = contrary ? {
		sight,
		whenTrue: whenFalse,
		whenFalse: whenTrue
	} : {
		sight,
		whenTrue,
		whenFalse
	};
	if (typeof literal === "number") return testOf(node, {
		test,
		number: literal
	}, ways);
	if (test !== SameNumber) return void 0;
	if (typeof literal === "string") return testOf(node, {
		test: SameText,
		text: literal
	}, ways);
	return typeof literal === "boolean" ? testOf(node, {
		test: SameFlag,
		flag: literal
	}, ways) : void 0;
}
function search(needle, haystack, ways) {
	if (needle.kind === "literal") return typeof needle.value === "string" && needle.value !== "" ? testOf(haystack, {
		test: Contains,
		text: needle.value
	}, ways) : void 0;
	const texts = literalItems(haystack);
	return texts?.every((item) => typeof item === "string") ? testOf(needle, {
		test: AmongTexts,
		texts
	}, ways) : void 0;
}
function testOf(node, { test, text = "", number = 0, flag = false, texts = [] }, { sight, whenTrue, whenFalse }) {
	const path = node.kind === "call" && node.operator === "var" ? staticPath(node) : void 0;
	if (path === void 0 || (sight === "evidence" ? path === "" : !isPlainKey(path))) return void 0;
	return {
		path,
		test,
		text,
		number,
		flag,
		texts,
		whenTrue,
		whenFalse
	};
}
function walkReadings(first, closure) {
	const walk = (element, frame) => {
		let at = first;
		do {
			const reading = frame.scope.read(at.path);
			if (!reading.known) return closure(element, frame);
			const next = follow(at, reading.value);
			if (next === void 0) return closure(element, frame);
			at = next;
		} while (typeof at === "object");
		return at;
	};
	return walk;
}
function walkElement(first, closure) {
	const walk = (element, frame) => {
		if (!frame.clean || typeof element !== "object" || element === null) return closure(element, frame);
		let at = first;
		do {
			const next = follow(at, element[at.path]);
			if (next === void 0) return closure(element, frame);
			at = next;
		} while (typeof at === "object");
		return at;
	};
	return walk;
}
/** The way that a value leads; undefined if it has not the type of the literal. */
function follow(at, value) {
	switch (at.test) {
		case SameText: return typeof value === "string" ? wayOf(at, value === at.text) : void 0;
		case AmongTexts: return typeof value === "string" ? wayOf(at, among$1(at.texts, value)) : void 0;
		case Contains: return typeof value === "string" ? wayOf(at, value.includes(at.text)) : void 0;
		case SameNumber: return isFiniteNumber(value) ? wayOf(at, value === at.number) : void 0;
		case Less: return isFiniteNumber(value) ? wayOf(at, value < at.number) : void 0;
		case AtMost: return isFiniteNumber(value) ? wayOf(at, value <= at.number) : void 0;
		case SameFlag: return typeof value === "boolean" ? wayOf(at, value === at.flag) : void 0;
	}
}
function wayOf(at, holds) {
	return holds ? at.whenTrue : at.whenFalse;
}
function isFiniteNumber(value) {
	return typeof value === "number" && value - value === 0;
}
function among$1(texts, value) {
	for (const text of texts) if (text === value) return true;
	return false;
}
// src/logic/lists.ts
function emptyList(operator) {
	return makeUnknown({
		code: "logic.empty",
		message: `\`${operator}\` has nothing to look at`
	});
}
/** The source of an iteration. INVARIANT: an empty list is known only if the rule itself emptied it. */
function sourceList(value, operator) {
	if (!Array.isArray(value)) return unfit(operator, value);
	return isBarren(value) ? emptyList(operator) : value;
}
const elementPlan = (plan) => ({
	...plan,
	sight: "element"
});
const map = (call, plan) => {
	const source = plan.value(operand(call, 0), plan);
	const body = plan.value(operand(call, 1), elementPlan(plan));
	return (element, frame) => {
		const list = sourceList(source(element, frame), "map");
		if (isUnknown(list)) return list;
		const made = [];
		for (const item of list) {
			if (--frame.steps < 0) return outOfSteps();
			made.push(body(item, frame));
		}
		return madeList(made);
	};
};
const filter = (call, plan) => {
	const source = plan.value(operand(call, 0), plan);
	const { test, explain } = predicateOf(call, plan);
	return (element, frame) => {
		const list = sourceList(source(element, frame), "filter");
		if (isUnknown(list)) return list;
		const witnesses = explain && /* @__PURE__ */ new Map();
		const kept = [];
		let unknown;
		for (const item of list) {
			if (--frame.steps < 0) return outOfSteps();
			const truth = test(item, frame);
			if (truth === true) kept.push(item);
			else if (truth !== false) unknown = joinUnknown(unknown, truth);
			if (witnesses) summon(witnesses, item, truth);
		}
		witnesses?.forEach((_, item) => explain?.(item, frame));
		return unknown ?? madeList(kept);
	};
};
const reduce = (call, plan) => {
	const source = plan.value(operand(call, 0), plan);
	const body = plan.value(operand(call, 1), {
		...plan,
		sight: "fold"
	});
	const start = call.operands.length > 2 ? plan.value(operand(call, 2), plan) : () => null;
	return (element, frame) => {
		const list = sourceList(source(element, frame), "reduce");
		if (isUnknown(list)) return list;
		let accumulator = start(element, frame);
		for (const current of list) {
			if (--frame.steps < 0) return outOfSteps();
			accumulator = body({
				current,
				accumulator
			}, frame);
		}
		return accumulator;
	};
};
/** A trace judges the whole list without leaves and then explains a few witnesses: a million rows leave a handful. */
function predicateOf(call, plan) {
	const body = operand(call, 1);
	return {
		test: plan.truth(body, {
			...elementPlan(plan),
			traced: false
		}),
		explain: plan.traced ? plan.truth(body, elementPlan(plan)) : void 0
	};
}
/** Keeps the first elements that could not be judged and the first that could. */
function summon(witnesses, item, truth) {
	if ([...witnesses.values()].filter((known) => isUnknown(known) === isUnknown(truth)).length < (isUnknown(truth) ? 5 : 3)) witnesses.set(item, truth);
}
/** Looks for an element with the decisive truth (Kleene). The trace shows that element, or else some witnesses. */
function quantify(list, { test, explain }, decisive, frame) {
	const witnesses = explain && /* @__PURE__ */ new Map();
	let unknown;
	for (const item of list) {
		if (--frame.steps < 0) return outOfSteps();
		const truth = test(item, frame);
		if (truth === decisive) {
			explain?.(item, frame);
			return truth;
		}
		if (typeof truth !== "boolean") unknown = joinUnknown(unknown, truth);
		if (witnesses) summon(witnesses, item, truth);
	}
	witnesses?.forEach((_, item) => explain?.(item, frame));
	return unknown ?? !decisive;
}
function quantifier(operator, decisive, answer, empty) {
	return (call, plan) => {
		const source = plan.value(operand(call, 0), plan);
		const predicate = predicateOf(call, plan);
		return (element, frame) => {
			const list = source(element, frame);
			if (!Array.isArray(list)) return unfit(operator, list);
			if (list.length === 0) return plan.allowEmpty ? empty : emptyList(operator);
			const truth = quantify(list, predicate, decisive, frame);
			return isUnknown(truth) ? truth : answer(truth);
		};
	};
}
/** Lists are taken apart, anything else is one element. It is empty by the rule's own doing only if its parts are. */
const merge = (call, plan) => {
	const runs = call.operands.map((node) => plan.value(node, plan));
	return (element, frame) => {
		const values = runs.map((run) => run(element, frame));
		const unknowns = values.filter(isUnknown);
		if (unknowns.length > 0) return unfit("merge", ...unknowns);
		for (const value of values) if (!spend(frame, value)) return outOfSteps();
		const elements = values.flatMap((value) => value);
		return values.some((value) => Array.isArray(value) && isBarren(value)) ? elements : madeList(elements);
	};
};
const count = (call, plan) => {
	const source = plan.value(operand(call, 0), plan);
	return (element, frame) => {
		const list = source(element, frame);
		if (!Array.isArray(list)) return unfit("count", list);
		if (isBarren(list) && !plan.allowEmpty) return emptyList("count");
		return list.every(isDefinite) ? list.length : firstUnknown(list);
	};
};
const lists = {
	merge,
	map,
	filter,
	reduce,
	all: quantifier("all", false, (truth) => truth, false),
	some: quantifier("some", true, (truth) => truth, false),
	none: quantifier("none", true, (truth) => !truth, true),
	count
};
// src/logic/text.ts
/** Longest text that `cat` makes, in UTF-16 code units. */
const maxText = 1e6;
function findIn(needle, haystack) {
	if (needle === null || isUnknown(needle)) return unfit("in", needle, haystack);
	if (typeof haystack === "string") return typeof needle === "string" && needle !== "" ? haystack.includes(needle) : unfit("in", needle, haystack);
	return Array.isArray(haystack) ? findInList(needle, haystack) : unfit("in", needle, haystack);
}
function findInList(needle, list) {
	if (list.includes(needle)) return true;
	return list.every(isDefinite) ? false : firstUnknown(list);
}
const findElement = (call, plan) => {
	const needle = plan.value(operand(call, 0), plan);
	const list = literalItems(operand(call, 1));
	if (list?.every(isDefinite)) return (element, frame) => {
		const sought = needle(element, frame);
		return sought === null || isUnknown(sought) ? unfit("in", sought) : list.includes(sought);
	};
	const haystack = plan.value(operand(call, 1), plan);
	return (element, frame) => {
		const sought = needle(element, frame);
		const place = haystack(element, frame);
		return spend(frame, place) ? findIn(sought, place) : outOfSteps();
	};
};
const concatenate = (call, plan) => {
	const runs = call.operands.map((node) => plan.value(node, plan));
	return (element, frame) => {
		const values = runs.map((run) => run(element, frame));
		const strangers = values.filter((value) => typeof value === "object");
		if (strangers.length > 0) return unfit("cat", ...strangers);
		const text = values.map(String).join("");
		return spend(frame, text) && text.length <= maxText ? text : outOfSteps();
	};
};
const cut = (call, plan) => {
	const runs = call.operands.map((node) => plan.value(node, plan));
	return (element, frame) => {
		const values = runs.map((run) => run(element, frame));
		const strangers = values.filter((value, i) => i === 0 ? typeof value === "object" : !Number.isInteger(value));
		if (strangers.length > 0) return unfit("substr", ...strangers);
		const [source, start, length] = values;
		return substring(String(source), start, length);
	};
};
/** A negative start counts from the end; a negative length leaves that many characters out at the end. */
function substring(text, start, length) {
	const from = start < 0 ? Math.max(text.length + start, 0) : start;
	if (length === void 0) return text.slice(from);
	return length < 0 ? text.slice(from, Math.max(text.length + length, from)) : text.slice(from, from + length);
}
const texts = {
	in: findElement,
	cat: concatenate,
	substr: cut
};
const quantifiers = /* @__PURE__ */ new Set([
	"all",
	"some",
	"none"
]);
const comparing = /* @__PURE__ */ new Set([
	"==",
	"!=",
	"===",
	"!==",
	"<",
	"<=",
	">",
	">=",
	"in"
]);
const logical = /* @__PURE__ */ new Set([
	"and",
	"or",
	"if",
	"?:",
	"!",
	"!!"
]);
/**
* Adds the recording of a leaf to a closure, if the call is one. `asked`: its truth is asked; what is a leaf wherever it
* stands was recorded before, when its value was built.
*/
function traceCall(call, run, plan, asked) {
	const { operator } = call;
	if (quantifiers.has(operator)) return asked ? run : record(call, run, plan, call.operands.slice(0, 1));
	if (comparing.has(operator)) return asked ? run : record(call, plan.value(call, {
		...plan,
		traced: false
	}), plan, call.operands);
	if (!asked || logical.has(operator)) return run;
	return record(call, run, plan, []);
}
function record(call, run, plan, shown) {
	const untraced = {
		...plan,
		traced: false
	};
	const operands = shown.map((node) => plan.value(node, untraced));
	const readers = variablesOf(call).map((variable) => pathSeer(variable, untraced));
	return (element, frame) => {
		const result = run(element, frame);
		if (frame.leaves === void 0 || frame.leaves.length >= 200) return result;
		frame.leaves.push({
			pointer: call.pointer,
			operator: call.operator,
			operands: operands.map((see) => seen(see(element, frame))),
			reads: readers.flatMap((see) => see(element, frame)),
			result: seen(result)
		});
		return result;
	};
}
function seen(value) {
	if (isUnknown(value)) return {
		known: false,
		reasons: reasonsOf(value)
	};
	if (typeof value !== "object" || value === null) return {
		known: true,
		value
	};
	return {
		known: true,
		size: Array.isArray(value) ? value.length : Object.keys(value).length
	};
}
/** The calls below (and with) a call that read a path, outside the bodies of iterations. */
function variablesOf(call) {
	if (call.operator === "var" || call.operator === "missing" || call.operator === "missing_some") return [call];
	return (isIteration(call.operator) ? [operand(call, 0)] : call.operands).flatMap(variablesIn);
}
function variablesIn(node) {
	switch (node.kind) {
		case "literal": return [];
		case "list": return node.items.flatMap(variablesIn);
		case "call": return variablesOf(node);
	}
}
function pathSeer(call, plan) {
	const path = call.operator === "var" ? staticPath(call) : void 0;
	const readers = (path === void 0 ? call.operator === "var" ? [] : staticKeys(call) ?? [] : [path]).map((name) => ({
		name,
		run: plan.value(variable(name, call.pointer), plan)
	}));
	return (element, frame) => readers.map(({ name, run }) => {
		const from = originOf(name, element, plan, frame);
		return {
			...seen(run(element, frame)),
			path: name,
			...from === void 0 ? {} : { from }
		};
	});
}
function variable(path, pointer) {
	return {
		kind: "call",
		operator: "var",
		operands: [{
			kind: "literal",
			value: path,
			pointer
		}],
		pointer
	};
}
function originOf(path, element, plan, frame) {
	if (plan.sight === "evidence") return frame.scope.read(path).from;
	return placeOf(plan.sight === "fold" ? element.current : element);
}
// src/logic/build.ts
const builders = {
	...paths,
	...conditions,
	...comparisons,
	...calculations,
	...texts,
	...lists
};
function buildValue(node, plan) {
	switch (node.kind) {
		case "literal": {
			const { value } = node;
			return () => value;
		}
		case "list": return buildList(node, plan);
		case "call": {
			const run = builders[node.operator](node, plan);
			return plan.traced ? traceCall(node, run, plan, false) : run;
		}
	}
}
function buildList(node, plan) {
	const literals = literalItems(node);
	if (literals) return () => madeList([...literals]);
	const runs = node.items.map((item) => plan.value(item, plan));
	return (element, frame) => runs.map((run) => run(element, frame));
}
function buildDecision(node, plan) {
	return withFastTier(node, plan, buildThorough(node, plan));
}
function buildThorough(node, plan) {
	if (node.kind !== "call") return buildValue(node, plan);
	const decisive = decisiveTruth(node);
	if (decisive !== void 0) return decidedByTruth(decisive)(node, plan);
	const run = buildValue(node, plan);
	return plan.traced ? traceCall(node, run, plan, true) : run;
}
function buildTruth(node, plan) {
	const run = buildThorough(node, plan);
	return withFastTier(node, plan, (element, frame) => {
		const value = run(element, frame);
		return typeof value === "boolean" ? value : truthOf(value);
	});
}
/** Compiles a node for a place where its value is asked. */
function buildForValue(node, options) {
	return buildValue(node, planOf(options));
}
/** Compiles a node for a place where its truth is asked; the closure gives the value that decides. */
function buildForTruth(node, options) {
	return buildDecision(node, planOf(options));
}
function planOf(options) {
	return {
		...options,
		value: buildValue,
		decide: buildDecision,
		truth: buildTruth
	};
}
// src/model/json.ts
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
// src/model/nearest.ts
/**
* The candidate that is most like a misspelt word: at most two edits away (one for words of up to three characters, a swap of neighbours being one),
* letter case aside; the first one on a tie. Undefined if none is near. For "did you mean" hints.
*/
function nearest(word, candidates) {
	const wanted = word.toLowerCase();
	if (wanted.length > 100) return void 0;
	let best;
	let least = wanted.length <= 3 ? 2 : 3;
	for (const candidate of candidates) {
		if (Math.abs(candidate.length - wanted.length) >= least) continue;
		const edits = distance(wanted, candidate.toLowerCase());
		if (edits < least && edits < candidate.length) [best, least] = [candidate, edits];
	}
	return best;
}
/** Levenshtein's distance with swaps of neighbours as one edit (`gti` for `git`), three rows at a time. */
function distance(a, b) {
	let before = [];
	let above = Array.from({ length: b.length + 1 }, (_, i) => i);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const replaced = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
			const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2] + 1 : Number.POSITIVE_INFINITY;
			row.push(Math.min(above[j] + 1, row[j - 1] + 1, replaced, swap));
		}
		before = above;
		above = row;
	}
	return above[b.length];
}
// src/logic/operators.ts
const many = Number.POSITIVE_INFINITY;
const condition = "the condition reached is unknown";
const decides = "no known operand decides; as an operand of anything but a condition, one unknown makes it unknown";
const loose = "an operand is null, a list or an object, or the types differ (a number and a decimal-number string fit)";
const strict$1 = "an operand is null, a list or an object";
const order = `${loose}, or an operand is a boolean`;
const arithmetic = "an operand is no finite number or decimal-number string, the result is not finite, or there is none";
const text = "an operand is null, a list or an object";
const delivered = "the source is no list, or was delivered empty by evidence";
const quantified = "the source is no list, or is empty without `allowEmpty: true`; else three-valued over the elements";
function standard(arity, gives, does, unknownWhen) {
	return {
		arity,
		gives,
		origin: "standard",
		does,
		unknownWhen
	};
}
/** The complete table: what is not in it is refused when a policy loads. */
const operators = {
	var: standard({
		min: 0,
		max: 2,
		policy: 1
	}, "any", "reads a path", "the path is absent, null, stale or ill-typed"),
	missing: standard({
		min: 0,
		max: many,
		policy: 1
	}, "list", "lists the paths that are absent, null or \"\"", "a named evidence was not observed"),
	missing_some: standard({
		min: 2,
		max: 2
	}, "list", "as `missing`, or [] if at least so many are there", "a named evidence was not observed"),
	if: standard({
		min: 0,
		max: many,
		policy: 3
	}, "any", "gives the branch of the first true condition, else the last", condition),
	"?:": standard({
		min: 0,
		max: many,
		policy: 3
	}, "any", "the same as `if`", condition),
	and: standard({
		min: 1,
		max: many
	}, "any", "gives the first false operand, else the last", decides),
	or: standard({
		min: 1,
		max: many
	}, "any", "gives the first true operand, else the last", decides),
	"!": standard({
		min: 1,
		max: 1
	}, "boolean", "is true if the operand is false", "the operand is unknown"),
	"!!": standard({
		min: 1,
		max: 1
	}, "boolean", "is true if the operand is true", "the operand is unknown"),
	"==": standard({
		min: 2,
		max: 2
	}, "boolean", "compares, taking a number and a decimal-number string as numbers", loose),
	"!=": standard({
		min: 2,
		max: 2
	}, "boolean", "is the contrary of `==`", loose),
	"===": standard({
		min: 2,
		max: 2
	}, "boolean", "compares type and value", strict$1),
	"!==": standard({
		min: 2,
		max: 2
	}, "boolean", "is the contrary of `===`", strict$1),
	"<": standard({
		min: 2,
		max: 3
	}, "boolean", "is less; strings by code unit; three operands make a chain", order),
	"<=": standard({
		min: 2,
		max: 3
	}, "boolean", "is less or equal; three operands make a chain", order),
	">": standard({
		min: 2,
		max: 2
	}, "boolean", "is greater", order),
	">=": standard({
		min: 2,
		max: 2
	}, "boolean", "is greater or equal", order),
	in: standard({
		min: 2,
		max: 2
	}, "boolean", "finds an element in a list, or a text in a text", "the needle is null, or \"\" in a text; the haystack is neither text nor list; not found beside an unknown element"),
	"+": standard({
		min: 0,
		max: many,
		policy: 1
	}, "number", "adds", arithmetic),
	"-": standard({
		min: 0,
		max: 2,
		policy: 1
	}, "number", "subtracts, or negates one operand", arithmetic),
	"*": standard({
		min: 0,
		max: many,
		policy: 1
	}, "any", "multiplies; one operand stays as it is", arithmetic),
	"/": standard({
		min: 2,
		max: 2
	}, "number", "divides", arithmetic),
	"%": standard({
		min: 2,
		max: 2
	}, "number", "gives the remainder, with the sign of the first operand", arithmetic),
	min: standard({
		min: 0,
		max: many,
		policy: 1
	}, "number", "gives the least operand", arithmetic),
	max: standard({
		min: 0,
		max: many,
		policy: 1
	}, "number", "gives the greatest operand", arithmetic),
	cat: standard({
		min: 0,
		max: many,
		policy: 1
	}, "string", "joins texts", text),
	substr: standard({
		min: 2,
		max: 3
	}, "string", "cuts a text from an offset; negative counts from the end", `${text}, or an offset is no integer`),
	merge: standard({
		min: 0,
		max: many,
		policy: 1
	}, "list", "joins lists, taking anything else as one element", "an operand is unknown"),
	map: standard({
		min: 2,
		max: 2
	}, "list", "applies an expression to each element", `${delivered}; an unknown element is carried`),
	filter: standard({
		min: 2,
		max: 2
	}, "list", "keeps the elements for which a predicate is true", `${delivered}, or one predicate is unknown`),
	reduce: standard({
		min: 2,
		max: 3
	}, "any", "folds the elements with `current` and `accumulator`", `${delivered}; an unknown element or accumulator is carried`),
	all: standard({
		min: 2,
		max: 2
	}, "boolean", "is true if a predicate is true for each element", quantified),
	some: standard({
		min: 2,
		max: 2
	}, "boolean", "is true if a predicate is true for one element", quantified),
	none: standard({
		min: 2,
		max: 2
	}, "boolean", "is true if a predicate is true for no element", quantified),
	count: {
		arity: {
			min: 1,
			max: 1
		},
		gives: "number",
		origin: "domain",
		does: "counts the elements of a list, such as the rows of a log",
		unknownWhen: `${delivered} without \`allowEmpty: true\`, or an element is unknown`
	}
};
/** In the order of the table. */
const operatorNames = Object.keys(operators);
/** Operators of JSON Logic that are refused on purpose, with the reason. */
const refusedOperators = {
	log: "it prints, and a policy must do nothing but judge",
	method: "it calls methods of the data"
};
function isOperator(name) {
	return Object.hasOwn(operators, name);
}
/** Values in one rule, operators included. */
const maxSize = 5e3;
/** Reads JSON as a rule and gathers every problem. The node is whole only if there is none. */
function loadRule(rule, mode) {
	const reader = {
		mode,
		size: 0,
		problems: []
	};
	return {
		node: loadNode(reader, rule, {
			pointer: "",
			depth: 1,
			sight: "evidence"
		}),
		problems: reader.problems
	};
}
function loadNode(reader, raw, at) {
	const { pointer } = at;
	reader.size += 1;
	if (reader.size > 5e3) return refuseOnce(reader, pointer, "size", `the rule has more than ${maxSize} values`);
	if (typeof raw !== "object" || raw === null) return loadLiteral(reader, raw, pointer);
	if (at.depth > 32) return refuseOnce(reader, pointer, "depth", `the rule is deeper than 32 levels`);
	if (Array.isArray(raw)) return {
		kind: "list",
		items: loadAll(reader, raw, {
			...at,
			depth: at.depth + 1
		}),
		pointer
	};
	return isObject(raw) && isPlain(raw) ? loadObject(reader, raw, at) : refuseValue(reader, pointer);
}
function loadLiteral(reader, raw, pointer) {
	return raw === null || typeof raw === "string" || typeof raw === "boolean" || Number.isFinite(raw) ? {
		kind: "literal",
		value: raw,
		pointer
	} : refuseValue(reader, pointer);
}
function loadAll(reader, items, at) {
	const nodes = [];
	for (let i = 0; i < items.length && reader.size <= 5e3; i++) nodes.push(loadNode(reader, items[i], {
		pointer: `${at.pointer}/${i}`,
		depth: at.depth,
		sight: at.sight
	}));
	return nodes;
}
function loadObject(reader, raw, at) {
	const { pointer } = at;
	const keys = Object.keys(raw);
	const [name] = keys;
	if (name === void 0) {
		if (reader.mode === "data") return {
			kind: "literal",
			value: {},
			pointer
		};
		return refuse(reader, pointer, "empty-object", "an empty object is no rule");
	}
	if (keys.length > 1) return refuse(reader, pointer, "two-operators", `one object holds ${keys.length} operators: ${keys.slice(0, 4).map(quote).join(", ")}`, "join them with `and`");
	if (!isOperator(name)) return refuseOperator(reader, pointer, name);
	return loadCall(reader, {
		operator: name,
		value: raw[name]
	}, at);
}
function loadCall(reader, raw, at) {
	const { operator, value } = raw;
	const pointer = at.pointer + tokens[operator];
	const before = reader.problems.length;
	const operands = [];
	const listed = Array.isArray(value);
	const raws = listed ? value : [value];
	for (let i = 0; i < raws.length && reader.size <= 5e3; i++) {
		const sight = sightOf(operator, i, at.sight);
		operands.push(loadNode(reader, raws[i], {
			pointer: listed ? `${pointer}/${i}` : pointer,
			depth: at.depth + 1,
			sight
		}));
	}
	const call = {
		kind: "call",
		operator,
		operands,
		pointer: at.pointer
	};
	if (reader.problems.length === before) checkCall(reader, call, at);
	return call;
}
function checkCall(reader, call, at) {
	if (!checkArity(reader, call)) return;
	if (call.operator === "var") checkVar(reader, call, at);
	if (call.operator === "missing" || call.operator === "missing_some") checkMissing(reader, call);
	if (call.operator === "if" || call.operator === "?:") checkElse(reader, call);
}
function checkArity(reader, call) {
	const arity = operators[call.operator].arity;
	const min = reader.mode === "policy" ? arity.policy ?? arity.min : arity.min;
	const count = call.operands.length;
	if (count >= min && count <= arity.max) return true;
	const range = arity.max === min ? `${min}` : arity.max === Infinity ? `at least ${min}` : `${min} to ${arity.max}`;
	refuse(reader, call.pointer, "arity", `\`${call.operator}\` takes ${range} operands, not ${count}`);
	return false;
}
function checkElse(reader, call) {
	if (reader.mode === "data" || call.operands.length % 2 === 1) return;
	refuse(reader, call.pointer, "no-else", `\`${call.operator}\` has no else`, "add what holds if no condition is true");
}
function checkMissing(reader, call) {
	const { operator, operands, pointer } = call;
	if (operator === "missing" && operands[0]?.kind === "list" && operands.length > 1) refuse(reader, pointer, "arity", "`missing` looks at its first list alone", "put all paths into one list");
	else if (reader.mode === "policy" && staticKeys(call) === void 0) refuse(reader, pointer, "computed-path", `the paths of \`${operator}\` are not written down`, "name the paths");
}
function checkVar(reader, call, at) {
	if (reader.mode === "data") return;
	const path = staticPath(call);
	if (call.operands.length > 1) {
		const message = `\`var\` has a default${path ? ` for \`${path}\`` : ""}, which would stand in for a missing fact`;
		refuse(reader, call.pointer, "default", message, "leave the default out: what is missing is unknown");
	} else if (path === void 0) refuse(reader, call.pointer, "computed-path", "the path of `var` is computed", "write the path down");
	else if (at.sight !== "element" && !isPathFor(at.sight, path)) {
		const hint = at.sight === "fold" ? "inside `reduce` there are `current` and `accumulator`" : "name the evidence";
		refuse(reader, call.pointer, "path", `\`${path}\` names nothing that \`var\` can see here`, hint);
	}
}
function isPathFor(sight, path) {
	return sight === "evidence" ? path !== "" : /^(?:current|accumulator)(?:\.|$)/.test(path);
}
function refuseOperator(reader, pointer, name) {
	const why = Object.hasOwn(refusedOperators, name) ? refusedOperators[name] : void 0;
	if (why !== void 0) return refuse(reader, pointer, "refused-operator", `\`${name}\` is refused: ${why}`);
	const near = nearest(name, operatorNames);
	return refuse(reader, pointer, "unknown-operator", `there is no operator ${quote(name)}`, near && `did you mean \`${near}\`?`);
}
function refuseValue(reader, pointer) {
	return refuse(reader, pointer, "not-json", "this is no JSON value");
}
function refuse(reader, pointer, code, ...text) {
	const [message, hint] = text;
	reader.problems.push({
		code: `logic/${code}`,
		pointer,
		message,
		...hint === void 0 ? {} : { hint }
	});
	return {
		kind: "list",
		items: [],
		pointer
	};
}
/** Says a limit once, however often it is broken. */
function refuseOnce(reader, pointer, code, message) {
	if (!reader.problems.some((problem) => problem.code === `logic/${code}`)) return refuse(reader, pointer, code, message, "split the rule");
	return {
		kind: "list",
		items: [],
		pointer
	};
}
/** The user's own word, cut to 40 characters. */
function quote(word) {
	return `\`${word.length > 40 ? `${word.slice(0, 40)}…` : word}\``;
}
/** Each operator as a step of a JSON Pointer (RFC 6901): `/` becomes `~1`. */
const tokens = Object.fromEntries(operatorNames.map((name) => [name, `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`]));
// src/model/problem.ts
/** Compares by UTF-16 code unit: the one order of text in Soakgate; no locale takes part. */
function compareText(a, b) {
	return a < b ? -1 : a > b ? 1 : 0;
}
// src/logic/reads.ts
const anything = {
	wants: [],
	literals: []
};
/** Everything a rule reads, in the order of writing. */
function readsOf(node) {
	const evidence = [];
	const elements = [];
	const visit = (at, view, use) => {
		if (at.kind === "list") for (const item of at.items) visit(item, view, anything);
		if (at.kind !== "call") return;
		for (const path of pathsRead(at)) {
			const read = {
				path,
				pointer: at.pointer,
				...use
			};
			if (view.sight === "evidence") evidence.push(read);
			else if (view.sight === "element") elements.push({
				...read,
				over: view.over
			});
			else if (isCurrent(path)) elements.push({
				...read,
				path: path.slice(8),
				over: view.over
			});
		}
		at.operands.forEach((child, index) => visit(child, viewOf(at, index, view), useOf(at, index)));
	};
	visit(node, {
		sight: "evidence",
		over: []
	}, anything);
	return {
		evidence,
		elements,
		result: kindOfNode(node)
	};
}
function isCurrent(path) {
	return path === "current" || path.startsWith("current.");
}
function pathsRead(call) {
	if (call.operator === "missing" || call.operator === "missing_some") return staticKeys(call) ?? [];
	const path = call.operator === "var" ? staticPath(call) : void 0;
	return path === void 0 ? [] : [path];
}
function viewOf(call, index, view) {
	if (index !== 1 || !isIteration(call.operator)) return view;
	return {
		sight: sightOf(call.operator, 1, view.sight),
		over: listsOf(call.operands[0], view)
	};
}
/** The evidence lists whose elements a node gives, sorted; empty if it makes elements of its own. */
function listsOf(node, view) {
	if (node?.kind !== "call") return [];
	const { operator, operands } = node;
	if (operator === "filter") return listsOf(operands[0], view);
	if (operator === "merge") return [...new Set(operands.flatMap((part) => listsOf(part, view)))].sort(compareText);
	const path = operator === "var" ? staticPath(node) : void 0;
	if (path === void 0) return [];
	if (view.sight === "evidence") return [path];
	if (view.sight === "fold" && !isCurrent(path)) return [];
	const inner = view.sight === "fold" ? path.slice(8) : path;
	return view.over.map((list) => `${list}[]${inner === "" ? "" : `.${inner}`}`);
}
const numeric = [
	"+",
	"-",
	"*",
	"/",
	"%",
	"min",
	"max"
];
const equality = [
	"==",
	"!=",
	"===",
	"!=="
];
const ordering = [
	"<",
	"<=",
	">",
	">="
];
function useOf(call, index) {
	const { operator } = call;
	if (numeric.includes(operator)) return {
		wants: ["number"],
		literals: []
	};
	if (equality.includes(operator)) return equalityUse(call, index);
	if (ordering.includes(operator)) return orderingUse(call, index);
	if (operator === "in") return index === 0 ? needleUse(call.operands[1]) : {
		wants: ["list", "string"],
		literals: []
	};
	if ((isIteration(operator) || operator === "count") && index === 0) return {
		wants: ["list"],
		literals: []
	};
	if (operator === "cat" || operator === "substr" && index === 0) return {
		wants: primitives,
		literals: []
	};
	return operator === "substr" ? {
		wants: ["number"],
		literals: []
	} : anything;
}
const primitives = [
	"boolean",
	"number",
	"string"
];
function equalityUse(call, index) {
	const literals = literalsOf(call.operands.filter((_, i) => i !== index));
	return {
		wants: literals.length === 0 ? primitives : kindsOf(literals),
		literals
	};
}
function orderingUse(call, index) {
	const literals = literalsOf(call.operands.filter((_, i) => i !== index));
	return {
		wants: literals.length === 0 ? ["number", "string"] : kindsOf(literals),
		literals: []
	};
}
function needleUse(haystack) {
	const literals = (haystack && literalItems(haystack)) ?? [];
	return {
		wants: haystack?.kind === "literal" && typeof haystack.value === "string" ? ["string"] : kindsOf(literals),
		literals
	};
}
function literalsOf(nodes) {
	return nodes.flatMap((node) => node.kind === "literal" ? [node.value] : []);
}
function kindsOf(values) {
	return [...new Set(values.map(kindOfJson))].sort(compareText);
}
function kindOfJson(value) {
	if (value === null) return "any";
	if (Array.isArray(value)) return "list";
	return typeof value;
}
/** The type of a node's value if that can be told; where branches or operands differ it is `any`. */
function kindOfNode(node) {
	if (node.kind === "literal") return kindOfJson(node.value);
	if (node.kind === "list") return "list";
	const { operator, operands } = node;
	if (operator === "and" || operator === "or") return commonKind(operands);
	if (operator === "if" || operator === "?:") return commonKind(operands.filter((_, i) => i % 2 === 1 || i === operands.length - 1));
	return operators[operator].gives;
}
function commonKind(nodes) {
	const [kind = "any", ...rest] = new Set(nodes.map(kindOfNode));
	return rest.length === 0 ? kind : "any";
}
// src/logic/compile.ts
/** Compiles a rule to closures, or says everything that is wrong with it. Never throws. */
function compileLogic(rule, options = {}) {
	const { mode = "policy", allowEmpty = false } = options;
	const { node, problems } = loadRule(rule, mode);
	if (problems.length > 0) return {
		ok: false,
		problems
	};
	const analysis = readsOf(node);
	if (mode === "policy" && analysis.evidence.length === 0) return {
		ok: false,
		problems: [readsNothing]
	};
	return {
		ok: true,
		compiled: {
			...closures(node, {
				mode,
				allowEmpty,
				sight: "evidence",
				traced: false
			}, analysis.elements.length > 0),
			...described(analysis)
		}
	};
}
function described(analysis) {
	return {
		reads: [...new Set(analysis.evidence.map((read) => read.path))].sort(),
		analysis
	};
}
/** Each kind of closure is built at the first wish: most rules are asked for their truth alone. */
function closures(node, plan, iterates) {
	let value;
	let truth;
	let traced;
	return {
		run: (scope) => toResult((value ??= buildForValue(node, plan))(void 0, newFrame(scope, iterates))),
		test: (scope) => toTest((truth ??= buildForTruth(node, plan))(void 0, newFrame(scope, iterates))),
		trace: (scope) => {
			traced ??= buildForTruth(node, {
				...plan,
				traced: true
			});
			const leaves = [];
			return {
				result: toTest(traced(void 0, newFrame(scope, iterates, leaves))),
				leaves
			};
		}
	};
}
const readsNothing = {
	code: "logic/no-evidence",
	pointer: "",
	message: "the rule reads no evidence, so it would always say the same",
	hint: "read a path with `var`"
};
const noScope = { read: (path) => ({
	known: false,
	code: "evidence.undeclared",
	path
}) };
/** Compiles a rule that sees plain data as the one element of an iteration. Never throws. */
function compileForData(rule, options = {}) {
	const { node, problems } = loadRule(rule, "data");
	if (problems.length > 0) return {
		ok: false,
		problems
	};
	const plan = {
		mode: "data",
		allowEmpty: options.allowEmpty ?? false,
		sight: "element",
		traced: false
	};
	let value;
	let truth;
	return {
		ok: true,
		compiled: {
			run: (data) => toResult((value ??= buildForValue(node, plan))(data, newFrame(noScope, false))),
			test: (data) => toTest((truth ??= buildForTruth(node, plan))(data, newFrame(noScope, false)))
		}
	};
}
function toResult(value) {
	if (typeof value === "object" && value !== null) {
		const hidden = isUnknown(value) ? value : hiddenUnknown(value, "");
		if (hidden) return {
			known: false,
			reasons: reasonsOf(hidden)
		};
	}
	return {
		known: true,
		value
	};
}
const isTrue = Object.freeze({
	known: true,
	value: true,
	decided: true
});
const isFalse = Object.freeze({
	known: true,
	value: false,
	decided: false
});
function toTest(value) {
	if (typeof value === "boolean") return value ? isTrue : isFalse;
	const truth = truthOf(value);
	return typeof truth === "boolean" ? {
		known: true,
		value: truth,
		decided: value
	} : {
		known: false,
		reasons: reasonsOf(truth)
	};
}
// src/logic/reference.ts
var import_logic = /* @__PURE__ */ __toESM((/* @__PURE__ */ __commonJSMin(((exports, module, this$1) => {
	(function(root, factory) {
		if (typeof define === "function" && define.amd) define(factory);
		else if (typeof exports === "object") module.exports = factory();
		else root.jsonLogic = factory();
	})(this$1, function() {
		"use strict";
		if (!Array.isArray) Array.isArray = function(arg) {
			return Object.prototype.toString.call(arg) === "[object Array]";
		};
		/**
		* Return an array that contains no duplicates (original not modified)
		* @param  {array} array   Original reference array
		* @return {array}         New array with no duplicates
		*/
		function arrayUnique(array) {
			var a = [];
			for (var i = 0, l = array.length; i < l; i++) if (a.indexOf(array[i]) === -1) a.push(array[i]);
			return a;
		}
		var jsonLogic = {};
		var operations = {
			"==": function(a, b) {
				return a == b;
			},
			"===": function(a, b) {
				return a === b;
			},
			"!=": function(a, b) {
				return a != b;
			},
			"!==": function(a, b) {
				return a !== b;
			},
			">": function(a, b) {
				return a > b;
			},
			">=": function(a, b) {
				return a >= b;
			},
			"<": function(a, b, c) {
				return c === void 0 ? a < b : a < b && b < c;
			},
			"<=": function(a, b, c) {
				return c === void 0 ? a <= b : a <= b && b <= c;
			},
			"!!": function(a) {
				return jsonLogic.truthy(a);
			},
			"!": function(a) {
				return !jsonLogic.truthy(a);
			},
			"%": function(a, b) {
				return a % b;
			},
			"log": function(a) {
				console.log(a);
				return a;
			},
			"in": function(a, b) {
				if (!b || typeof b.indexOf === "undefined") return false;
				return b.indexOf(a) !== -1;
			},
			"cat": function() {
				return Array.prototype.join.call(arguments, "");
			},
			"substr": function(source, start, end) {
				if (end < 0) {
					var temp = String(source).substr(start);
					return temp.substr(0, temp.length + end);
				}
				return String(source).substr(start, end);
			},
			"+": function() {
				return Array.prototype.reduce.call(arguments, function(a, b) {
					return parseFloat(a, 10) + parseFloat(b, 10);
				}, 0);
			},
			"*": function() {
				return Array.prototype.reduce.call(arguments, function(a, b) {
					return parseFloat(a, 10) * parseFloat(b, 10);
				});
			},
			"-": function(a, b) {
				if (b === void 0) return -a;
				else return a - b;
			},
			"/": function(a, b) {
				return a / b;
			},
			"min": function() {
				return Math.min.apply(this, arguments);
			},
			"max": function() {
				return Math.max.apply(this, arguments);
			},
			"merge": function() {
				return Array.prototype.reduce.call(arguments, function(a, b) {
					return a.concat(b);
				}, []);
			},
			"var": function(a, b) {
				var not_found = b === void 0 ? null : b;
				var data = this;
				if (typeof a === "undefined" || a === "" || a === null) return data;
				var sub_props = String(a).split(".");
				for (var i = 0; i < sub_props.length; i++) {
					if (data === null || data === void 0) return not_found;
					data = data[sub_props[i]];
					if (data === void 0) return not_found;
				}
				return data;
			},
			"missing": function() {
				var missing = [];
				var keys = Array.isArray(arguments[0]) ? arguments[0] : arguments;
				for (var i = 0; i < keys.length; i++) {
					var key = keys[i];
					var value = jsonLogic.apply({ "var": key }, this);
					if (value === null || value === "") missing.push(key);
				}
				return missing;
			},
			"missing_some": function(need_count, options) {
				var are_missing = jsonLogic.apply({ "missing": options }, this);
				if (options.length - are_missing.length >= need_count) return [];
				else return are_missing;
			}
		};
		jsonLogic.is_logic = function(logic) {
			return typeof logic === "object" && logic !== null && !Array.isArray(logic) && Object.keys(logic).length === 1;
		};
		jsonLogic.truthy = function(value) {
			if (Array.isArray(value) && value.length === 0) return false;
			return !!value;
		};
		jsonLogic.get_operator = function(logic) {
			return Object.keys(logic)[0];
		};
		jsonLogic.get_values = function(logic) {
			return logic[jsonLogic.get_operator(logic)];
		};
		jsonLogic.apply = function(logic, data) {
			if (Array.isArray(logic)) return logic.map(function(l) {
				return jsonLogic.apply(l, data);
			});
			if (!jsonLogic.is_logic(logic)) return logic;
			var op = jsonLogic.get_operator(logic);
			var values = logic[op];
			var i;
			var current;
			var scopedLogic;
			var scopedData;
			var initial;
			if (!Array.isArray(values)) values = [values];
			if (op === "if" || op == "?:") {
				for (i = 0; i < values.length - 1; i += 2) if (jsonLogic.truthy(jsonLogic.apply(values[i], data))) return jsonLogic.apply(values[i + 1], data);
				if (values.length === i + 1) return jsonLogic.apply(values[i], data);
				return null;
			} else if (op === "and") {
				for (i = 0; i < values.length; i += 1) {
					current = jsonLogic.apply(values[i], data);
					if (!jsonLogic.truthy(current)) return current;
				}
				return current;
			} else if (op === "or") {
				for (i = 0; i < values.length; i += 1) {
					current = jsonLogic.apply(values[i], data);
					if (jsonLogic.truthy(current)) return current;
				}
				return current;
			} else if (op === "filter") {
				scopedData = jsonLogic.apply(values[0], data);
				scopedLogic = values[1];
				if (!Array.isArray(scopedData)) return [];
				return scopedData.filter(function(datum) {
					return jsonLogic.truthy(jsonLogic.apply(scopedLogic, datum));
				});
			} else if (op === "map") {
				scopedData = jsonLogic.apply(values[0], data);
				scopedLogic = values[1];
				if (!Array.isArray(scopedData)) return [];
				return scopedData.map(function(datum) {
					return jsonLogic.apply(scopedLogic, datum);
				});
			} else if (op === "reduce") {
				scopedData = jsonLogic.apply(values[0], data);
				scopedLogic = values[1];
				initial = typeof values[2] !== "undefined" ? jsonLogic.apply(values[2], data) : null;
				if (!Array.isArray(scopedData)) return initial;
				return scopedData.reduce(function(accumulator, current) {
					return jsonLogic.apply(scopedLogic, {
						current,
						accumulator
					});
				}, initial);
			} else if (op === "all") {
				scopedData = jsonLogic.apply(values[0], data);
				scopedLogic = values[1];
				if (!Array.isArray(scopedData) || !scopedData.length) return false;
				for (i = 0; i < scopedData.length; i += 1) if (!jsonLogic.truthy(jsonLogic.apply(scopedLogic, scopedData[i]))) return false;
				return true;
			} else if (op === "none") {
				scopedData = jsonLogic.apply(values[0], data);
				scopedLogic = values[1];
				if (!Array.isArray(scopedData) || !scopedData.length) return true;
				for (i = 0; i < scopedData.length; i += 1) if (jsonLogic.truthy(jsonLogic.apply(scopedLogic, scopedData[i]))) return false;
				return true;
			} else if (op === "some") {
				scopedData = jsonLogic.apply(values[0], data);
				scopedLogic = values[1];
				if (!Array.isArray(scopedData) || !scopedData.length) return false;
				for (i = 0; i < scopedData.length; i += 1) if (jsonLogic.truthy(jsonLogic.apply(scopedLogic, scopedData[i]))) return true;
				return false;
			}
			values = values.map(function(val) {
				return jsonLogic.apply(val, data);
			});
			if (operations.hasOwnProperty(op) && typeof operations[op] === "function") return operations[op].apply(data, values);
			else if (op.indexOf(".") > 0) {
				var sub_ops = String(op).split(".");
				var operation = operations;
				for (i = 0; i < sub_ops.length; i++) {
					if (!operation.hasOwnProperty(sub_ops[i])) throw new Error("Unrecognized operation " + op + " (failed at " + sub_ops.slice(0, i + 1).join(".") + ")");
					operation = operation[sub_ops[i]];
				}
				return operation.apply(data, values);
			}
			throw new Error("Unrecognized operation " + op);
		};
		jsonLogic.uses_data = function(logic) {
			var collection = [];
			if (jsonLogic.is_logic(logic)) {
				var op = jsonLogic.get_operator(logic);
				var values = logic[op];
				if (!Array.isArray(values)) values = [values];
				if (op === "var") collection.push(values[0]);
				else values.forEach(function(val) {
					collection.push.apply(collection, jsonLogic.uses_data(val));
				});
			}
			return arrayUnique(collection);
		};
		jsonLogic.add_operation = function(name, code) {
			operations[name] = code;
		};
		jsonLogic.rm_operation = function(name) {
			delete operations[name];
		};
		jsonLogic.rule_like = function(rule, pattern) {
			if (pattern === rule) return true;
			if (pattern === "@") return true;
			if (pattern === "number") return typeof rule === "number";
			if (pattern === "string") return typeof rule === "string";
			if (pattern === "array") return Array.isArray(rule) && !jsonLogic.is_logic(rule);
			if (jsonLogic.is_logic(pattern)) {
				if (jsonLogic.is_logic(rule)) {
					var pattern_op = jsonLogic.get_operator(pattern);
					var rule_op = jsonLogic.get_operator(rule);
					if (pattern_op === "@" || pattern_op === rule_op) return jsonLogic.rule_like(jsonLogic.get_values(rule, false), jsonLogic.get_values(pattern, false));
				}
				return false;
			}
			if (Array.isArray(pattern)) {
				if (Array.isArray(rule)) {
					if (pattern.length !== rule.length) return false;
					for (var i = 0; i < pattern.length; i += 1) if (!jsonLogic.rule_like(rule[i], pattern[i])) return false;
					return true;
				} else return false;
			}
			return false;
		};
		return jsonLogic;
	});
})))(), 1);
import_logic.default.rm_operation("log");
import_logic.default.add_operation("count", (list) => Array.isArray(list) ? list.length : 0);
/** What json-logic-js makes of a rule over plain data. It knows no third value: only known answers can be compared. */
function referenceLogic(rule, data) {
	try {
		return {
			judged: true,
			value: import_logic.default.apply(rule, data)
		};
	} catch {
		return { judged: false };
	}
}
// ../../scratch/l.ts
const name = "logic";
const goal = "20 rules over 20 kB of evidence: closures against json-logic-js, json-logic-engine and the parsing of the evidence.";
/** A rollout's evidence: flags, test counts, signals by the minute, thirty rows of a smoke log; about 20 kB as JSON. */
function makeEvidence() {
	const row = (i) => ({
		"Timestamp (UTC)": `2026-02-${String(1 + i % 28).padStart(2, "0")}T09:00:00Z`,
		AUTH_MODE: "enforced",
		AGENT_TRANSPORT: "ws",
		SECRETS_VAULT_MODE: "shadow",
		Checks: "pass",
		Details: `mono-check pass, backend-tests pass, agent-tests pass, commit ${(i * 7919).toString(16).padStart(7, "0")}`
	});
	const series = (n) => Array.from({ length: n }, (_, i) => ({
		at: 1771837200 + 60 * i,
		value: i * 37 % 11
	}));
	return {
		flags: {
			AUTH_MODE: "enforced",
			AGENT_TRANSPORT: "ws",
			SECRETS_VAULT_MODE: "shadow",
			REGION: "eu-1",
			REPLICAS: 4
		},
		tests: {
			total: 412,
			passed: 410,
			failed: 0,
			skipped: 2,
			seconds: 184.5
		},
		auth: {
			failures: .4,
			baseline: .3,
			series: series(120)
		},
		ws: {
			reconnects: 2,
			median: .8,
			p95: 1.9,
			series: series(120)
		},
		queue: {
			depth: 3,
			dead: 0,
			stale: 1,
			series: series(120)
		},
		git: {
			branch: "main",
			dirty: false,
			commit: "0123456789abcdef0123456789abcdef01234567"
		},
		approval: {
			first: "margaret",
			second: "ken",
			ticket: "CHG-4711",
			risk: "low"
		},
		artifact: {
			registry: "internal",
			region: "eu-3",
			signed: true
		},
		canary: {
			errors: .002,
			p99: 410,
			requests: 52e3,
			alerts: 0
		},
		window: {
			day: "tuesday",
			hour: 10
		},
		smoke: Array.from({ length: 30 }, (_, i) => row(i))
	};
}
const at = (path) => ({ var: path });
const is = (path, value) => ({ "==": [at(path), value] });
const strict = { in: [at("Checks"), ["pass", "fail"]] };
const pinned = { and: [
	is("AUTH_MODE", "enforced"),
	is("AGENT_TRANSPORT", "ws"),
	is("SECRETS_VAULT_MODE", "shadow")
] };
const regions = [
	"ap-1",
	"ap-2",
	"ca-1",
	"eu-1",
	"eu-2",
	"eu-3",
	"sa-1",
	"us-1",
	"us-2",
	"us-3"
];
const people = [
	"ada",
	"alan",
	"barbara",
	"donald",
	"edsger",
	"frances",
	"grace",
	"john",
	"ken",
	"margaret",
	"niklaus",
	"tony"
];
const among = (path, list) => ({ in: [at(path), list] });
/** A policy's mix: facts joined by `and` and `or`, allow-lists, a little arithmetic, and four rules over the log. */
const rules = [
	{ and: [
		is("flags.AUTH_MODE", "enforced"),
		is("flags.AGENT_TRANSPORT", "ws"),
		is("flags.SECRETS_VAULT_MODE", "shadow")
	] },
	{ and: [among("flags.AGENT_TRANSPORT", [
		"longpoll",
		"hybrid",
		"ws"
	]), among("flags.AUTH_MODE", ["shadow", "enforced"])] },
	{ and: [among("flags.REGION", regions), { ">=": [at("flags.REPLICAS"), 3] }] },
	{ and: [
		{ ">": [at("tests.total"), 0] },
		is("tests.failed", 0),
		{ "<=": [at("tests.skipped"), 5] }
	] },
	{ ">": [{ "/": [at("tests.passed"), at("tests.total")] }, .95] },
	{ "<": [at("auth.failures"), { max: [{ "*": [2, at("auth.baseline")] }, 1] }] },
	{ or: [{ "<": [at("ws.reconnects"), 5] }, { and: [{ "<": [at("ws.median"), 1] }, { "<=": [at("ws.p95"), 2.5] }] }] },
	{ and: [{ "===": [at("queue.dead"), 0] }, { "<": [{ "+": [at("queue.depth"), at("queue.stale")] }, 10] }] },
	{ and: [
		is("git.branch", "main"),
		{ "!": [at("git.dirty")] },
		{ "!=": [at("git.commit"), ""] }
	] },
	{ if: [
		is("flags.AUTH_MODE", "enforced"),
		{ "<": [at("auth.failures"), 1] },
		{ "<": [at("auth.failures"), 5] }
	] },
	{ and: [
		among("approval.first", people),
		among("approval.second", people),
		{ "!==": [at("approval.first"), at("approval.second")] }
	] },
	{ or: [is("approval.ticket", "none"), { and: [{ in: ["CHG-", at("approval.ticket")] }, among("approval.risk", ["low", "medium"])] }] },
	{ and: [
		among("artifact.registry", ["internal", "mirror"]),
		among("artifact.region", regions),
		is("artifact.signed", true)
	] },
	{ and: [
		{ "<": [at("canary.errors"), .01] },
		{ "<": [at("canary.p99"), 800] },
		{ ">=": [at("canary.requests"), 1e3] }
	] },
	{ none: [[at("canary.alerts"), at("queue.dead")], { ">": [{ var: "" }, 0] }] },
	{ and: [among("window.day", [
		"monday",
		"tuesday",
		"wednesday",
		"thursday"
	]), { "<=": [
		9,
		at("window.hour"),
		16
	] }] },
	{ all: [at("smoke"), is("Checks", "pass")] },
	{ none: [at("smoke"), { and: [is("Checks", "fail"), among("AUTH_MODE", ["shadow", "enforced"])] }] },
	{ all: [at("smoke"), { and: [strict, pinned] }] },
	{ ">=": [{ count: [{ filter: [at("smoke"), { and: [strict, is("AUTH_MODE", "enforced")] }] }] }, 7] }
];
is("Checks", "pass"), is("AGENT_TRANSPORT", "longpoll"), is("Checks", "pass"), is("Checks", "pass");
/** Evidence as the evaluator offers it: a reading by path, looked up when a rule asks. */
function scopeOf(evidence) {
	const readings = /* @__PURE__ */ new Map();
	const add = (path, value) => {
		readings.set(path, {
			known: true,
			value
		});
		if (typeof value !== "object" || value === null || Array.isArray(value)) return;
		for (const [key, inner] of Object.entries(value)) add(path === "" ? key : `${path}.${key}`, inner);
	};
	add("", evidence);
	return { read: (path) => readings.get(path) ?? {
		known: false,
		code: "evidence.absent",
		path
	} };
}
function compiled(list) {
	return list.map((rule) => {
		const overData = compileForData(rule);
		const overScope = compileLogic(rule);
		if (!overData.ok || !overScope.ok) throw new Error("a rule of the benchmark is refused");
		return {
			rule,
			overData: overData.compiled,
			overScope: overScope.compiled
		};
	});
}
const evidence = makeEvidence();
const scope = scopeOf(evidence);
const mixed = compiled(rules);
const t = (f, n) => {
	const a = process.hrtime.bigint();
	for (let i = 0; i < n; i++) f();
	return Number(process.hrtime.bigint() - a) / n;
};
const all = () => {
	for (const r of mixed) r.overScope.test(scope);
};
const ref = () => {
	for (const r of rules) referenceLogic(r, evidence);
};
for (let i = 0; i < 5; i++) {
	t(all, 2e4);
	t(ref, 300);
}
const ms = [];
const rs = [];
for (let k = 0; k < 15; k++) {
	ms.push(t(all, 3e3));
	rs.push(t(ref, 200));
}
ms.sort((a, b) => a - b);
rs.sort((a, b) => a - b);
console.log("all", ms[7].toFixed(0), "ns; ref", rs[7].toFixed(0), "ratio", (rs[7] / ms[7]).toFixed(2), "best", (rs[0] / ms[0]).toFixed(2));
mixed.forEach((r, i) => {
	const x = [];
	for (let k = 0; k < 9; k++) x.push(t(() => {
		r.overScope.test(scope);
	}, 2e4));
	x.sort((a, b) => a - b);
	console.log(i, x[4].toFixed(0), JSON.stringify(r.rule).slice(0, 90));
});
export { goal, name };
