FROM onbuild:1
RUN cat /trig
