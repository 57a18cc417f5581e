package text

// roleWords are the names of the roles in English and German, folded.
var roleWords = map[string]string{
	"viewer": "VIEWER", "guest": "VIEWER", "attendee": "VIEWER", "participant": "VIEWER",
	"zuschauen": "VIEWER", "publikum": "VIEWER", "sprechen": "SPEAKER", "podium": "SPEAKER", "moderieren": "MODERATOR", // the app's words
	"zuschauer": "VIEWER", "zuschauerin": "VIEWER", "gast": "VIEWER", "teilnehmer": "VIEWER", "teilnehmerin": "VIEWER",
	"speaker": "SPEAKER", "panelist": "SPEAKER", "presenter": "SPEAKER",
	"sprecher": "SPEAKER", "sprecherin": "SPEAKER", "redner": "SPEAKER", "rednerin": "SPEAKER", "referent": "SPEAKER", "referentin": "SPEAKER",
	"moderator": "MODERATOR", "moderatorin": "MODERATOR", "moderation": "MODERATOR",
}

// ReadRole returns the name of the role that a typed word means, such as VIEWER.
func ReadRole(typed string) (string, *Mistake) {
	if known := roleWords[Fold(trimEdges(typed))]; known != "" {
		return known, nil
	}
	return "", mistake("“%s” is no role. Choose Viewer, Speaker or Moderator.", shortened(typed))
}
