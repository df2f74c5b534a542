// Learners for the page to see: the same for the same numbers.
const iso = (ms) => new Date(ms).toISOString();

/** Comes, takes an assessment and completes two modules: a first assignment, and a move to Progressing. */
export const rushed = (number) => {
  const userId = `rush-${String(number).padStart(7, "0")}`;
  const said = (at, event, properties) => ({ type: "track", userId, messageId: `${userId}-${at}`, event, properties });
  return [
    { type: "identify", userId, messageId: `${userId}-0`, traits: { name: `Rush ${number}`, plan: "Pro", ltv: 900 } },
    said(1, "Assessment Taken", { score: 90 }), said(2, "Module Completed", { moduleId: "m1" }), said(3, "Module Completed", { moduleId: "m2" }),
  ];
};

const usual = [["Logged In", {}], ["Lesson Completed", {}], ["Feature Used", { featureId: "notes" }], ["Video Played", { contentId: "v1" }], ["Comment Made", {}]];

/** Customers who come over a day and learn meanwhile: some complete their first modules, and progress. */
export class Learners {
  said = 0;
  #present = 0;
  #owed = 0;
  #random = 1;

  constructor(customers, activities) {
    this.customers = customers;
    this.activities = activities;
  }

  get present() {
    return this.#present;
  }

  /** The identifies of so many more. */
  come(count, at) {
    return Array.from({ length: Math.min(count, this.customers - this.#present) }, () => {
      const number = ++this.#present;
      return [{ type: "identify", userId: this.#id(number), messageId: `${number}-come`, timestamp: iso(at), traits: { name: `Learner ${number}`, plan: number % 3 ? "Freemium" : "Pro", ltv: number % 900 } }];
    });
  }

  /** What is said in one of so many minutes, by customer. */
  minute(at, minutes) {
    const lists = this.come(Math.ceil(this.customers / minutes), at);
    this.#owed += this.activities / minutes;
    for (; this.#owed >= 1; this.#owed -= 4) {
      const number = 1 + (this.#next() % this.#present);
      const list = this.#next() % 20 === 0 ? this.#progress(number, at) : Array.from({ length: 4 }, (_, nth) => this.#say(number, at, ...usual[(this.#next() + nth) % usual.length]));
      lists.push(list);
    }
    return lists;
  }

  #progress(number, at) {
    return [["Assessment Taken", { score: 88 }], ["Module Completed", { moduleId: "m1" }], ["Module Completed", { moduleId: "m2" }], ["Lesson Completed", { lessonId: "l1" }]]
      .map(([event, properties]) => this.#say(number, at, event, properties));
  }

  #say(number, at, event, properties) {
    return { type: "track", userId: this.#id(number), messageId: `${++this.said}`, timestamp: iso(at), event, properties };
  }

  #id = (number) => `learner-${String(number).padStart(6, "0")}`;

  #next() {
    this.#random = (Math.imul(this.#random, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#random >>> 8;
  }
}
