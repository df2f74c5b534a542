import type { WhoAmI } from "./api/schema";
import { useSession } from "./api/queries";

/** Whether who is signed in may decide about customers: reviews, tags, notes, undo. */
export const mayDecide = (who: Pick<WhoAmI, "role"> | undefined) => who?.role === "success" || who?.role === "admin";

export const useMayDecide = () => mayDecide(useSession().data);
