# orrery_scene.py - builds "orrery.blend": a small brass orrery on a round plinth.
#
#   blender -b --factory-startup --python-exit-code 3 --python orrery_scene.py -- \
#           --out orrery.blend [--engine CYCLES|BLENDER_EEVEE|BLENDER_WORKBENCH]
#           [--width 320] [--height 180] [--samples 24] [--frames 24] [--threads 1]
#
# Everything is made here (no asset files). The animation is a seamless loop:
# frame N+1 would equal frame 1. Planets go round, the camera sways and dollies.
import argparse
import math
import sys

import bpy
from mathutils import Vector


def arguments():
    own = sys.argv[sys.argv.index("--") + 1:] if "--" in sys.argv else []
    p = argparse.ArgumentParser(prog="orrery_scene.py")
    p.add_argument("--out", default="orrery.blend")
    p.add_argument("--engine", default="CYCLES",
                   choices=["CYCLES", "BLENDER_EEVEE", "BLENDER_WORKBENCH"])
    p.add_argument("--width", type=int, default=320)
    p.add_argument("--height", type=int, default=180)
    p.add_argument("--samples", type=int, default=24)
    p.add_argument("--frames", type=int, default=24)
    p.add_argument("--threads", type=int, default=1, help="0 = all cores")
    return p.parse_args(own)


A = arguments()

# ---------------------------------------------------------------- empty stage
for ob in list(bpy.data.objects):
    bpy.data.objects.remove(ob, do_unlink=True)
scene = bpy.context.scene
scene.name = "Orrery"


# ------------------------------------------------------------------ materials
def material(name, color, metallic=0.0, roughness=0.5, emit=0.0, glass=False):
    m = bpy.data.materials.new(name)
    m.use_nodes = True
    m.diffuse_color = (*color, 1.0)          # what Workbench shows
    m.metallic, m.roughness = metallic, roughness
    b = m.node_tree.nodes["Principled BSDF"]

    def put_in(value, *names):               # newer versions call some of them otherwise
        next(b.inputs[name] for name in names if name in b.inputs).default_value = value

    put_in((*color, 1.0), "Base Color")
    put_in(metallic, "Metallic")
    put_in(roughness, "Roughness")
    if glass:
        put_in(1.0, "Transmission Weight", "Transmission")
        put_in(1.45, "IOR")
    if emit:
        put_in((*color, 1.0), "Emission Color", "Emission")
        put_in(emit, "Emission Strength")
    return m


def banded(name, dark, light, scale):
    """Planet with soft procedural bands."""
    m = material(name, light, roughness=0.35)
    n, l = m.node_tree.nodes, m.node_tree.links
    tex = n.new("ShaderNodeTexWave")
    tex.wave_type, tex.bands_direction = "BANDS", "Z"
    tex.inputs["Scale"].default_value = scale
    tex.inputs["Distortion"].default_value = 3.0
    tex.inputs["Detail"].default_value = 2.0
    ramp = n.new("ShaderNodeValToRGB")
    ramp.color_ramp.elements[0].color = (*dark, 1)
    ramp.color_ramp.elements[1].color = (*light, 1)
    xyz = n.new("ShaderNodeTexCoord")
    l.new(xyz.outputs["Object"], tex.inputs["Vector"])
    l.new(tex.outputs["Fac"], ramp.inputs["Fac"])
    l.new(ramp.outputs["Color"], n["Principled BSDF"].inputs["Base Color"])
    return m


BRASS = material("Brass", (0.83, 0.52, 0.20), metallic=1.0, roughness=0.22)
WALNUT = banded("Walnut", (0.030, 0.012, 0.006), (0.11, 0.045, 0.02), 1.6)
FLOOR = material("Backdrop", (0.035, 0.055, 0.095), roughness=0.55)
SUN = material("Sun", (1.0, 0.46, 0.12), emit=3.2)
PLANETS = [
    # radius of orbit, size, turns per loop, start, material
    (1.10, 0.15, 3, 0.10, material("Mercury", (0.55, 0.50, 0.46), roughness=0.6)),
    (1.65, 0.24, 2, 0.55, banded("Amber", (0.55, 0.20, 0.05), (0.95, 0.72, 0.40), 4)),
    (2.30, 0.27, 1, 0.30, banded("Ocean", (0.02, 0.12, 0.42), (0.35, 0.75, 0.85), 3)),
    (3.00, 0.36, 1, 0.78, banded("Rose", (0.45, 0.08, 0.12), (0.95, 0.62, 0.52), 5)),
]


# --------------------------------------------------------------------- helpers
def smooth(ob):
    for poly in ob.data.polygons:
        poly.use_smooth = True


def put(ob, mat, name, parent=None, bevel=0.0):
    ob.name = name
    ob.data.materials.append(mat)
    if parent:
        ob.parent = parent
    if bevel:
        b = ob.modifiers.new("Bevel", "BEVEL")
        b.width, b.segments, b.limit_method = bevel, 3, "ANGLE"
    return ob


def sphere(name, r, loc, mat, parent=None):
    bpy.ops.mesh.primitive_uv_sphere_add(segments=40, ring_count=20, radius=r, location=loc)
    ob = put(bpy.context.object, mat, name, parent)
    smooth(ob)
    return ob


def torus(name, R, r, loc, mat, parent=None):
    bpy.ops.mesh.primitive_torus_add(major_radius=R, minor_radius=r, location=loc,
                                     major_segments=96, minor_segments=10)
    ob = put(bpy.context.object, mat, name, parent)
    smooth(ob)
    return ob


def cylinder(name, r, depth, loc, mat, parent=None, bevel=0.0, verts=96):
    bpy.ops.mesh.primitive_cylinder_add(radius=r, depth=depth, location=loc, vertices=verts)
    return put(bpy.context.object, mat, name, parent, bevel)


def empty(name, loc=(0, 0, 0)):
    ob = bpy.data.objects.new(name, None)
    ob.location = loc
    scene.collection.objects.link(ob)
    return ob


def turn(ob, turns, start=0.0):
    """Constant-speed rotation about Z over the loop."""
    edit = bpy.context.preferences.edit
    usual, edit.keyframe_new_interpolation_type = edit.keyframe_new_interpolation_type, "LINEAR"
    for frame, part in ((1, 0.0), (A.frames + 1, turns)):
        ob.rotation_euler.z = (start + part) * 2 * math.pi
        ob.keyframe_insert("rotation_euler", index=2, frame=frame)
    edit.keyframe_new_interpolation_type = usual


# ------------------------------------------------------------------- the model
bpy.ops.mesh.primitive_plane_add(size=400, location=(0, 0, -1.25))
put(bpy.context.object, FLOOR, "Ground")
cylinder("Plinth", 3.55, 0.35, (0, 0, -1.05), WALNUT, bevel=0.06)
torus("PlinthRim", 3.56, 0.035, (0, 0, -0.95), BRASS)
cylinder("Foot", 0.55, 0.16, (0, 0, -0.80), BRASS, bevel=0.05)
cylinder("Column", 0.11, 0.80, (0, 0, -0.40), BRASS, verts=32)
sphere("SunBall", 0.52, (0, 0, 0.25), SUN)
for i in range(12):                            # hour studs round the plinth
    a = i / 12 * 2 * math.pi
    sphere(f"Stud{i:02d}", 0.055, (3.3 * math.cos(a), 3.3 * math.sin(a), -0.86), BRASS)

for i, (R, size, turns, start, mat) in enumerate(PLANETS):
    z = -0.35 + 0.16 * i
    tilt = empty(f"Tilt{i}", (0, 0, z))
    tilt.rotation_euler = (math.radians(4 + 3 * i), math.radians(-3 * i), 0)
    torus(f"Ring{i}", R, 0.022, (0, 0, 0), BRASS, tilt)
    arm = empty(f"Arm{i}")
    arm.parent = tilt
    turn(arm, turns, start)
    rod = cylinder(f"Rod{i}", 0.018, R, (R / 2, 0, 0), BRASS, arm, verts=12)
    rod.rotation_euler.y = math.pi / 2
    cylinder(f"Pin{i}", 0.02, 0.30, (R, 0, 0.12), BRASS, arm, verts=12)
    planet = sphere(f"Planet{i}", size, (R, 0, 0.22 + size), mat, arm)
    if i == 3:                                 # the big one has a ring of its own
        ring = torus("Saturnine", size * 1.6, 0.03, (R, 0, 0.22 + size), BRASS, arm)
        ring.rotation_euler = (math.radians(22), math.radians(12), 0)
    if i == 2:                                 # and this one has a glass moon
        hub = empty("MoonHub", (R, 0, 0.22 + size))
        hub.parent = arm
        turn(hub, 2)
        sphere("Moon", 0.09, (0.45, 0, 0.10),
               material("Glass", (0.9, 0.97, 1.0), roughness=0.02, glass=True), hub)


# -------------------------------------------------------------- light and world
def area(name, loc, energy, size, color):
    lamp = bpy.data.lights.new(name, "AREA")
    lamp.energy, lamp.size, lamp.color = energy, size, color
    ob = bpy.data.objects.new(name, lamp)
    ob.location = loc
    ob.rotation_euler = (-Vector(loc)).to_track_quat("-Z", "Y").to_euler()
    scene.collection.objects.link(ob)


area("Key", (-4.5, -4.0, 6.0), 620, 3.0, (1.0, 0.93, 0.82))
area("Fill", (6.0, -2.5, 3.0), 200, 4.0, (0.55, 0.70, 1.0))
area("Back", (1.5, 6.5, 4.5), 420, 3.0, (0.70, 0.55, 1.0))
world = bpy.data.worlds.new("Dusk")
scene.world = world
world.use_nodes = True
world.color = (0.02, 0.03, 0.06)
world.node_tree.nodes["Background"].inputs[0].default_value = (0.035, 0.055, 0.12, 1)
world.node_tree.nodes["Background"].inputs[1].default_value = 0.8

# ------------------------------------------------------------------------ camera
aim = empty("Aim", (0, 0, -0.10))
cam = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
cam.data.lens = 42
scene.collection.objects.link(cam)
scene.camera = cam
track = cam.constraints.new("TRACK_TO")
track.target, track.track_axis, track.up_axis = aim, "TRACK_NEGATIVE_Z", "UP_Y"
for f in range(1, A.frames + 2):
    t = (f - 1) / A.frames * 2 * math.pi
    yaw = math.radians(-62 + 16 * math.sin(t))
    dist = 10.0 - 1.0 * math.cos(t)
    cam.location = (dist * math.cos(yaw), dist * math.sin(yaw), 3.7 + 0.6 * math.sin(t + 0.6))
    cam.keyframe_insert("location", frame=f)

# ---------------------------------------------------------------- render settings
r = scene.render
r.engine = A.engine
r.resolution_x, r.resolution_y, r.resolution_percentage = A.width, A.height, 100
scene.frame_start, scene.frame_end, scene.frame_step = 1, A.frames, 1
r.fps = 24
r.image_settings.file_format = "PNG"
r.image_settings.color_mode = "RGB"
r.filepath = "//frames/orrery_####"
r.use_overwrite, r.use_placeholder = True, False
# Without the date and the render time in the PNG's text chunks, the same frame
# rendered twice is the same file, byte for byte.
r.metadata_input = "SCENE"
for stamp in ("date", "time", "render_time", "frame", "camera", "scene", "filename", "memory"):
    setattr(r, "use_stamp_" + stamp, False)
r.threads_mode, r.threads = ("FIXED", A.threads) if A.threads else ("AUTO", 1)
scene.view_settings.view_transform = "Filmic"
scene.view_settings.look = "Medium High Contrast"
scene.cycles.device = "CPU"
scene.cycles.samples = A.samples
scene.cycles.use_adaptive_sampling = False
scene.cycles.use_denoising = False            # Debian's build has no denoiser
scene.cycles.max_bounces = 5
scene.cycles.caustics_reflective = scene.cycles.caustics_refractive = False
scene.cycles.sample_clamp_indirect = 3.0      # fewer fireflies
scene.eevee.taa_render_samples = 16
scene.display.shading.light = "STUDIO"
scene.display.shading.color_type = "MATERIAL"
scene.display.shading.show_shadows = True
scene.display.shading.show_cavity = True

bpy.ops.wm.save_as_mainfile(filepath=bpy.path.abspath(A.out) if A.out.startswith("//")
                            else __import__("os").path.abspath(A.out), compress=True)
print(f"orrery_scene: wrote {A.out} ({A.engine}, {A.width}x{A.height}, {A.frames} frames)")
