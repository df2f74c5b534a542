import type { EventActivity } from "./api/events";
import { sentence } from "./format";
import { translated } from "./language";

/** What an event name can stand for, in the order of the product's table, and what it is called: a new one does not compile without. */
export const activityNames: Record<EventActivity, string> = translated({
  login: "Login",
  page_view: "Page view",
  feature_use: "Feature used",
  video_play: "Video played",
  lesson_completed: "Lesson completed",
  assessment_taken: "Assessment taken",
  module_completed: "Module completed",
  forum_post: "Forum post",
  comment: "Comment",
  question: "Question asked",
  answer: "Answer given",
  course_completed: "Course completed",
  nps_response: "NPS response",
  support_ticket: "Support ticket",
  payment: "Payment",
  payment_failed: "Payment failed",
  message_delivered: "Message delivered",
  message_opened: "Message opened",
  message_clicked: "Message clicked",
  message_bounced: "Message bounced",
  message_converted: "Message converted",
  unsubscribed: "Unsubscribed",
  other: "Other learner activity",
  no_activity: "No activity",
});

export const activityName = (activity: string) => (Object.hasOwn(activityNames, activity) ? activityNames[activity as EventActivity] : sentence(activity));
