import { router } from "../core/trpc.ts";
import { me } from "./me.ts";
import { savePreferences } from "./save-preferences.ts";
import { signOut } from "./sign-out.ts";

export const sessionRouter = router({ me, savePreferences, signOut });
