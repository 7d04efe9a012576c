/** More than anyone does in a day: what is done leaves the list, the next ones come. */
export const mostAwaiting = 25
export const mostNextMeetings = 10
