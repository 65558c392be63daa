# The command line.

control-not-understood = the running bot did not understand the request ({ $why }); is it of another version?
